'use client';
import * as AlertDialog from 'radix-ui/alert-dialog';
import type { ReactNode } from 'react';

interface ConfirmButtonProps {
  readonly label: string;
  /** Said to a screen reader where the label alone does not tell what it is about. */
  readonly named?: string;
  readonly title: string;
  readonly text: ReactNode;
  readonly cancel: string;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
}

/** A button whose deed is asked about first. */
export function ConfirmButton({
  label,
  named,
  title,
  text,
  cancel,
  disabled,
  onConfirm,
}: ConfirmButtonProps) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className="btn btn-line btn-small" disabled={disabled} aria-label={named}>
        {label}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="scrim" />
        <AlertDialog.Content className="dialog pop">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description>{text}</AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel className="btn btn-quiet btn-small">{cancel}</AlertDialog.Cancel>
            <AlertDialog.Action className="btn btn-line btn-small" onClick={onConfirm}>
              {label}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
