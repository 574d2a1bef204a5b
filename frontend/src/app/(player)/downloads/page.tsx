import { DownloadsPage } from '../../../offline/downloads-page';

export default function DownloadsRoute() {
  return <DownloadsPage />;
}
