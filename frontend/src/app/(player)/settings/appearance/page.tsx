import { AppearancePage } from '../../../../settings/appearance-page';

export default function AppearanceRoute() {
  return <AppearancePage />;
}
