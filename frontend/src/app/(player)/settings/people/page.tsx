import { PeoplePage } from '../../../../settings/people-page';

export default function PeopleRoute() {
  return <PeoplePage />;
}
