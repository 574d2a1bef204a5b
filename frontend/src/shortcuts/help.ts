import { createStore } from '../player/store';

/** Whether the list of shortcuts is shown; asked for by its key and from the menu. */
export const help = createStore((_: boolean, shown: boolean) => shown, false);
