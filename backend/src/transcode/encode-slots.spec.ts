import { describe, expect, it } from '@jest/globals';
import { EncodeSlots, type EncodeSlot, type EncodeUrgency } from './encode-slots.js';

const going = new AbortController().signal;

/** Whether a promise is settled once everything that could settle it has run. */
const isDone = async (promise: Promise<unknown>): Promise<boolean> => {
  let done = false;
  promise.then(
    () => (done = true),
    () => (done = true),
  );
  await new Promise((resolve) => setImmediate(resolve));
  return done;
};

const enter = async (
  slots: EncodeSlots,
  urgency: EncodeUrgency,
  signal: AbortSignal = going,
): Promise<EncodeSlot> => {
  const slot = slots.take(urgency, signal);
  await slot.admitted();
  return slot;
};
const background = (slots: EncodeSlots): Promise<EncodeSlot> => enter(slots, 'background');
const waiting = (slots: EncodeSlots): Promise<EncodeSlot> => enter(slots, 'waiting');

describe('EncodeSlots', () => {
  it('starts as many encodes as there are cores, and the next when one ends', async () => {
    const slots = new EncodeSlots(2);
    const first = await background(slots);
    await background(slots);
    const third = background(slots);
    expect(await isDone(third)).toBe(false);
    first.leave();
    expect(await isDone(third)).toBe(true);
  });

  it('an encode that nobody waits for any more leaves its core to one that is waited for', async () => {
    const slots = new EncodeSlots(1);
    const left = await waiting(slots);
    const next = waiting(slots);
    expect(await isDone(next)).toBe(false);
    left.demote();
    expect(await isDone(next)).toBe(true);
    const turn = left.turn();
    expect(await isDone(turn)).toBe(false);
    left.promote();
    expect(await isDone(turn)).toBe(true);
  });

  it('a background encode stops while a listener waits, and goes on afterwards', async () => {
    const slots = new EncodeSlots(1);
    const idle = await background(slots);
    await idle.turn();
    const urgent = await waiting(slots);
    await urgent.turn();
    const turn = idle.turn();
    expect(await isDone(turn)).toBe(false);
    urgent.leave();
    expect(await isDone(turn)).toBe(true);
  });

  it('with two cores one waiting listener stops only the younger background encode', async () => {
    const slots = new EncodeSlots(2);
    const [older, younger] = [await background(slots), await background(slots)];
    await waiting(slots);
    expect(await isDone(older.turn())).toBe(true);
    expect(await isDone(younger.turn())).toBe(false);
  });

  it('waiting listeners wait for each other when every core encodes for one', async () => {
    const slots = new EncodeSlots(1);
    const first = await waiting(slots);
    const second = waiting(slots);
    expect(await isDone(second)).toBe(false);
    first.leave();
    expect(await isDone(second)).toBe(true);
  });

  it('a background encode goes on when a listener comes to wait for it', async () => {
    const slots = new EncodeSlots(1);
    const idle = await background(slots);
    const urgent = await waiting(slots);
    const turn = idle.turn();
    expect(await isDone(turn)).toBe(false);
    idle.promote();
    expect(await isDone(turn)).toBe(true);
    urgent.leave();
  });

  it('one that a listener comes to wait for before it has begun begins at once', async () => {
    const slots = new EncodeSlots(1);
    const first = await background(slots);
    const slot = slots.take('background', going);
    const admitted = slot.admitted();
    expect(await isDone(admitted)).toBe(false);
    slot.promote();
    expect(await isDone(admitted)).toBe(true);
    expect(await isDone(first.turn())).toBe(false);
  });

  it('every pipe of an encode goes on when its turn has come', async () => {
    const slots = new EncodeSlots(1);
    const idle = await background(slots);
    const urgent = await waiting(slots);
    const turns = [idle.turn(), idle.turn(), idle.turn()];
    urgent.leave();
    expect(await Promise.all(turns.map(isDone))).toEqual([true, true, true]);
  });

  it('nothing waits for a turn or a place after the worker was stopped', async () => {
    const slots = new EncodeSlots(1);
    const stop = new AbortController();
    const idle = await enter(slots, 'background', stop.signal);
    await waiting(slots);
    const turn = idle.turn();
    const place = enter(slots, 'background', stop.signal);
    stop.abort(new Error('stopped'));
    await expect(turn).rejects.toThrow('stopped');
    await expect(place).rejects.toThrow('stopped');
  });
});
