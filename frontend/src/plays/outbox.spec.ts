import { describe, expect, it } from '@jest/globals';
import { MemoryShelf } from './memory-shelf';
import { Outbox } from './outbox';
import { randomId } from './random-id';

const ANN = 'ann';
const NOW = Date.UTC(2026, 0, 2);
const MINUTE = 60_000;
const event = (id: string, playedMs = 1000) => ({
  id,
  trackId: 'track',
  startedAt: new Date(NOW).toISOString(),
  playedMs,
});
const idsOf = (outbox: Outbox) => outbox.waiting(100).map(({ id }) => id);

describe('plays that wait to be told', () => {
  it('wait for their listener alone, until they are taken', () => {
    const shelf = new MemoryShelf();
    new Outbox(shelf, ANN).add(event('a'));
    new Outbox(shelf, ANN).add(event('b'));
    expect(idsOf(new Outbox(shelf, 'bob'))).toEqual([]);
    new Outbox(shelf, ANN).take(['a', 'unknown']);
    expect(idsOf(new Outbox(shelf, ANN))).toEqual(['b']);
  });

  it('go in parts where there are many', () => {
    const outbox = new Outbox(new MemoryShelf(), ANN);
    for (const id of ['a', 'b', 'c']) outbox.add(event(id));
    expect(outbox.waiting(2)).toHaveLength(2);
  });

  it('are found again when the page that heard them died, as far as they were kept', () => {
    const shelf = new MemoryShelf();
    new Outbox(shelf, ANN).keepSounding(event('a', 10_000), NOW);
    new Outbox(shelf, ANN).keepSounding(event('a', 20_000), NOW + MINUTE);
    const next = new Outbox(shelf, ANN);
    next.adopt(NOW + 2 * MINUTE);
    expect(idsOf(next)).toEqual([]);
    next.adopt(NOW + 12 * MINUTE);
    expect(next.waiting(100)).toEqual([event('a', 20_000)]);
    expect(next.isSounding('a')).toBe(false);
  });

  it('are told once by the page that still hears them', () => {
    const outbox = new Outbox(new MemoryShelf(), ANN);
    outbox.keepSounding(event('a', 10_000), NOW);
    outbox.add(event('a', 15_000));
    outbox.adopt(NOW + 60 * MINUTE);
    expect(outbox.waiting(100)).toEqual([event('a', 15_000)]);
  });

  it('do not suffer from what else somebody wrote there', () => {
    const shelf = new MemoryShelf();
    for (const [at, text] of ['{', 'null', '[]', '"a"', '{"id":1}'].entries()) {
      shelf.setItem(`kanade.play.ann.${at}`, text);
      shelf.setItem(`kanade.sounding.ann.${at}`, text);
    }
    const outbox = new Outbox(shelf, ANN);
    outbox.add(event('a'));
    outbox.adopt(NOW);
    expect(idsOf(outbox)).toEqual(['a']);
    expect(shelf.length).toBe(1);
  });

  it('cost no more than themselves when the storage is full', () => {
    const shelf = new MemoryShelf();
    const outbox = new Outbox(shelf, ANN);
    outbox.add(event('a'));
    shelf.setItem = () => {
      throw new Error('full');
    };
    outbox.add(event('b'));
    expect(idsOf(outbox)).toEqual(['a']);
  });
});

describe('the id of a play', () => {
  it('is a UUID, and another one each time', () => {
    const ids = Array.from({ length: 100 }, randomId);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});
