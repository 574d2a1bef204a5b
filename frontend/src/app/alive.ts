/** Pressed before the page could hear of it; `scripts/after-paint.mjs` remembers the last one. */
const pressedEarly = (): unknown => Reflect.get(window, 'kanadePressed');

/** Every handler is in place: what was pressed meanwhile is pressed now. */
export const comeAlive = (): void => {
  const { dataset } = document.documentElement;
  if (dataset.alive !== undefined) return;
  dataset.alive = '';
  const pressed = pressedEarly();
  if (pressed instanceof HTMLElement && pressed.isConnected) pressed.click();
};
