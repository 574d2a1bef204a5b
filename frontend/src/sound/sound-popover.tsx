'use client';
import { useTranslations } from 'next-intl';
import * as Popover from 'radix-ui/popover';
import type { RefObject } from 'react';
import { SoundPanel } from './sound-panel';

interface SoundPopoverProps {
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly guest: boolean;
  readonly close: () => void;
}

export function SoundPopover({ anchor, guest, close }: SoundPopoverProps) {
  const t = useTranslations('sound');
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Anchor virtualRef={{ current: anchor.current ?? document.body }} />
      <Popover.Portal>
        <Popover.Content
          className="pop sound-pop"
          align="end"
          sideOffset={16}
          collisionPadding={12}
          aria-label={t('title')}
          onInteractOutside={(event) => {
            // Its own button closes it by itself.
            if (event.target instanceof Node && anchor.current?.contains(event.target))
              event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.current?.focus();
          }}
        >
          <SoundPanel guest={guest} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
