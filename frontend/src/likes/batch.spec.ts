import { describe, expect, it } from '@jest/globals';
import { Batch } from './batch';

const counted = (most: number) => {
  const asked: (readonly number[])[] = [];
  const batch = new Batch<number, string>((keys) => {
    asked.push(keys);
    return keys.includes(13) ? Promise.reject(new Error('unlucky')) : Promise.resolve(keys.map(String));
  }, most);
  return { asked, batch };
};

describe('what many rows want to know at once', () => {
  it('is asked for together, each thing once', async () => {
    const { asked, batch } = counted(10);
    expect(await Promise.all([1, 2, 1].map((key) => batch.get(key)))).toEqual(['1', '2', '1']);
    expect(asked).toEqual([[1, 2]]);
    expect(await batch.get(1)).toBe('1');
    expect(asked).toEqual([[1, 2], [1]]);
  });

  it('is asked for in parts where it is much, and a part that fails is the only one', async () => {
    const { asked, batch } = counted(2);
    const answers = await Promise.allSettled([11, 12, 13, 14, 15].map((key) => batch.get(key)));
    expect(asked).toEqual([[11, 12], [13, 14], [15]]);
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
  });
});
