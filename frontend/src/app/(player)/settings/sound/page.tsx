import { SoundPage } from '../../../../settings/sound-page';

export default function SoundRoute() {
  return <SoundPage />;
}
