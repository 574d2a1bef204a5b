import { createStore } from '../player/store';

/** Whether the full-screen player is shown. */
export const fullScreen = createStore((_: boolean, shown: boolean) => shown, false);
