import { SharePage } from '../../share/share-page';

export default function ShareRoute() {
  return <SharePage />;
}
