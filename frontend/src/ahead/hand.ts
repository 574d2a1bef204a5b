import { likelyPage, readAhead, type Likely } from './likely';

/** A hand that rests this long on something means it, one that passes by does not. */
const REST_MS = 70;

/** What a hand points at: a row or button, and the link in it, whose page is wanted with its own script. */
interface Pointed {
  readonly likely: Likely | null;
  readonly href: string | null;
}

const pointedAt = (target: EventTarget | null): (Pointed & { readonly at: Element }) | null => {
  if (!(target instanceof Element)) return null;
  const link = target.closest<HTMLAnchorElement>('a[href^="/"]');
  if (link && (link.target !== '' || /^\/(api|media)\//.test(link.pathname))) return null;
  if (link) return { at: link, likely: likelyPage(link.pathname), href: link.pathname };
  const place = target.closest<HTMLElement>('[data-ahead]');
  const likely = place && readAhead(place.dataset.ahead ?? '');
  return likely ? { at: place, likely, href: null } : null;
};

/**
 * Watches where the pointer rests and what has the focus, and tells it once for each place. A finger is told of as it
 * comes down, which is a tenth of a second before it presses. Returns what ends it.
 */
export const followHand = (tell: (pointed: Pointed) => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Element | null = null;
  const point = (event: Event, afterMs: number): void => {
    const pointed = pointedAt(event.target);
    if (pointed?.at === last && afterMs > 0) return;
    clearTimeout(timer);
    last = pointed?.at ?? null;
    if (!pointed) return;
    // At once, or the press itself would ask for the same a moment before.
    if (afterMs === 0) tell(pointed);
    else timer = setTimeout(() => tell(pointed), afterMs);
  };
  const over = (event: Event): void => point(event, REST_MS);
  const down = (event: Event): void => point(event, 0);
  const options = { passive: true, capture: true };
  document.addEventListener('pointerover', over, options);
  document.addEventListener('focusin', over, options);
  document.addEventListener('pointerdown', down, options);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('pointerover', over, options);
    document.removeEventListener('focusin', over, options);
    document.removeEventListener('pointerdown', down, options);
  };
};
