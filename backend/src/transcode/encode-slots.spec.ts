import { describe, expect, it } from '@jest/globals';
import { EncodeSlots, type EncodeSlot } from './encode-slots.js';

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

const background = (slots: EncodeSlots): Promise<EncodeSlot> => slots.enter('background', going);
const waiting = (slots: EncodeSlots): Promise<EncodeSlot> => slots.enter('waiting', going);

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

  it('nothing waits for a turn or a place after the worker was stopped', async () => {
    const slots = new EncodeSlots(1);
    const stop = new AbortController();
    const idle = await slots.enter('background', stop.signal);
    await waiting(slots);
    const turn = idle.turn();
    const place = slots.enter('background', stop.signal);
    stop.abort(new Error('stopped'));
    await expect(turn).rejects.toThrow('stopped');
    await expect(place).rejects.toThrow('stopped');
  });
});
