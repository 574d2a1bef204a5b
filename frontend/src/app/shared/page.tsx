import { ReceivedPage } from '../../share/received-page';

export default function SharedRoute() {
  return <ReceivedPage />;
}
