/** On iOS whatever goes through Web Audio falls silent with the screen locked. iPads call themselves Macintosh. */
const isIos = (): boolean => {
  const { userAgent, maxTouchPoints } = navigator;
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
};

/** Where it does not, loudness can only take away, by the element's own volume. */
export const hasLastingWebAudio = (): boolean => 'AudioContext' in globalThis && !isIos();
