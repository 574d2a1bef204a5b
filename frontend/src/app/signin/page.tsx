import { SignInPage } from '../../account/sign-in-page';

export default function SignInRoute() {
  return <SignInPage />;
}
