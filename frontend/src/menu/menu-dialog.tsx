'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import * as Dialog from 'radix-ui/dialog';
import { SecretOnce } from '../components/secret-once';
import { DuplicatesQuestion } from './duplicates-question';
import type { DialogRequest } from './menu-context';
import { NewPlaylistForm } from '../playlist/new-playlist-form';
import { PlaylistPicker } from './playlist-picker';

const RuleEditor = dynamic(() => import('../smart-lists/rule-editor').then((file) => file.RuleEditor), {
  ssr: false,
});

interface MenuDialogProps {
  readonly request: DialogRequest;
  readonly close: () => void;
}

/** What a choice from the menu asks further. */
export function MenuDialog({ request, close }: MenuDialogProps) {
  const t = useTranslations('menu');
  const title = () => {
    switch (request.kind) {
      case 'pick':
        return t('pick.title');
      case 'duplicates':
        return t('duplicates.title', { name: request.playlist.title });
      case 'link':
        return t('linkTitle');
      case 'newList':
        return t('pick.unnamed');
      case 'rules':
        return request.playlist ? t('rulesOf', { name: request.playlist.title }) : t('newByRules');
    }
  };
  const content = () => {
    switch (request.kind) {
      case 'pick':
        return <PlaylistPicker subject={request.subject} close={close} />;
      case 'duplicates':
        return <DuplicatesQuestion {...request} close={close} />;
      case 'link':
        return <SecretOnce secret={request.link} said={t('linkSaid', { until: request.until })} />;
      case 'newList':
        return <NewPlaylistForm close={close} />;
      case 'rules':
        return <RuleEditor {...(request.playlist && { playlist: request.playlist })} close={close} />;
    }
  };
  const isLong = request.kind === 'rules';
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className={isLong ? 'dialog dialog-rules pop' : 'dialog pop'}
          aria-describedby={undefined}
          // A press beside it does not throw away what took minutes to write.
          onInteractOutside={(event) => isLong && event.preventDefault()}
        >
          <Dialog.Title>{title()}</Dialog.Title>
          {content()}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
