import { SetupPage } from '../../account/setup-page';

export default function SetupRoute() {
  return <SetupPage />;
}
