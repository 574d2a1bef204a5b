import type { Player } from './player';

const CONTROLS = 'input, textarea, select, button, a, [contenteditable], [role="menuitem"], [role="dialog"]';

/** Space plays unless a control has the focus: there it belongs to the control. */
export function bindPlayKeys(player: Player): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(CONTROLS)) return;
    if (event.key !== ' ') return;
    event.preventDefault();
    player.toggle();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
