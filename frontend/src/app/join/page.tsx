import { JoinPage } from '../../account/join-page';

export default function JoinRoute() {
  return <JoinPage />;
}
