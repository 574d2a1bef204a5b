import { AccountPage } from '../../../../settings/account-page';

export default function AccountRoute() {
  return <AccountPage />;
}
