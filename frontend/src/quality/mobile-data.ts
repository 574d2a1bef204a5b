/** Browsers that tell what kind of line they are on: Chromium on phones and on ChromeOS. */
interface Line extends EventTarget {
  readonly type: string;
}

const isLine = (value: unknown): value is Line =>
  value instanceof EventTarget && 'type' in value && typeof value.type === 'string';

const line = (): Line | null => {
  const connection: unknown = Reflect.get(globalThis.navigator ?? {}, 'connection');
  return isLine(connection) ? connection : null;
};

/** Elsewhere the one setting is for every line. */
export const knowsMobileData = (): boolean => line() !== null;

export const isMobileData = (): boolean => line()?.type === 'cellular';

/** Returns what ends it. */
export const onLineChange = (listener: () => void): (() => void) => {
  const known = line();
  known?.addEventListener('change', listener);
  return () => known?.removeEventListener('change', listener);
};
