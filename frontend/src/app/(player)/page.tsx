import { HomePage } from '../../home/home-page';

export default function HomeRoute() {
  return <HomePage />;
}
