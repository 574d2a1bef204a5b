import { afterEach, describe, expect, it } from '@jest/globals';
import { doAfterNotice } from './before-it-is-done';
import { notes } from './notices';

const offered = (): readonly string[] => {
  const told: string[] = [];
  doAfterNotice({ text: 'Gone', undo: 'Undo', act: () => told.push('done'), back: () => told.push('back') });
  return told;
};
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('what cannot be taken back', () => {
  const target = new EventTarget();
  globalThis.addEventListener = target.addEventListener.bind(target);
  globalThis.removeEventListener = target.removeEventListener.bind(target);
  afterEach(() => notes.dispatch(null));

  it('happens once the notice has gone, and not before', async () => {
    const told = offered();
    await settled();
    expect(told).toEqual([]);
    notes.dispatch(null);
    await settled();
    expect(told).toEqual(['done']);
  });

  it('does not happen to whoever presses the way back', async () => {
    const told = offered();
    const run = notes.getState()?.action?.run;
    notes.dispatch(null);
    run?.();
    await settled();
    expect(told).toEqual(['back']);
  });

  it('happens for another notice, and with the page, once', async () => {
    const told = offered();
    notes.dispatch({ text: 'Something else' });
    await settled();
    target.dispatchEvent(new Event('pagehide'));
    expect(told).toEqual(['done']);
    const other = offered();
    target.dispatchEvent(new Event('pagehide'));
    expect(other).toEqual(['done']);
  });
});
