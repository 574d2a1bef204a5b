import { describe, expect, it } from '@jest/globals';
import { generateHistories } from '../data/generated.js';
import { keepRows } from '../data/histories.js';
import { seededRandom } from '../data/random.js';
import { holdOut } from '../data/splits.js';
import { measure } from '../measure/ranking.js';
import { ease } from '../models/ease.js';
import { itemKnn } from '../models/item-knn.js';
import { popularity } from '../models/popularity.js';
import { evaluateSplit } from './evaluate.js';
import { parseLists } from './read-lists.js';
import { tableOf } from './table.js';

const data = generateHistories({ userCount: 80, itemCount: 60, rows: 1800, tastes: 4, noise: 0.2 }, 7);
const split = holdOut(data, 0.2, 3);
const options = { seeds: 2, effort: 0, say: () => undefined };

describe('an evaluation', () => {
  it('shows every model and their blend, the learnt ones above popularity, and the same to the bit again', async () => {
    const once = (): ReturnType<typeof evaluateSplit> =>
      evaluateSplit(split, [popularity, itemKnn, ease], options);
    const rows = await once();
    expect(rows.map(({ name }) => name)).toEqual(['popularity', 'item-knn', 'ease', 'blend']);
    const [baseline, ...learnt] = rows.map(({ ndcg20 }) => ndcg20);
    for (const ndcg20 of learnt) expect(ndcg20).toBeGreaterThan(baseline ?? NaN);
    expect(rows[0]?.blendMinusThis?.low).toBeGreaterThan(0);
    expect(tableOf(rows).split('\n')).toHaveLength(7);
    const again = await once();
    expect(again.map(({ ndcg20, settings }) => ({ ndcg20, settings }))).toEqual(
      rows.map(({ ndcg20, settings }) => ({ ndcg20, settings })),
    );
  });
  it('leaks nothing: with the items of the tests dealt out anew, no model finds more than popularity does', async () => {
    const random = seededRandom(1);
    // Each listener's test is some other listener's, so only what is popular can be found.
    const dealt = { ...split.test, items: split.test.items.slice() };
    const order = [...dealt.items].sort(() => random.next() - 0.5);
    let at = 0;
    for (let user = 0; user < dealt.userCount; user++) {
      const to = dealt.starts[user + 1] ?? 0;
      const own = new Set<number>();
      for (; at < to; at++) {
        let item = order[at] ?? 0;
        while (own.has(item)) item = (item + 1) % data.itemCount;
        own.add(item);
        dealt.items[at] = item;
      }
      dealt.items.subarray(dealt.starts[user], to).sort();
    }
    const baseline = measure(await popularity.train(split.train, {}, 1), split.train, dealt).ndcg20;
    for (const trainer of [itemKnn, ease]) {
      const model = await (trainer === ease
        ? ease.train(split.train, ease.defaults, 1)
        : itemKnn.train(split.train, itemKnn.defaults, 1));
      expect(measure(model, split.train, dealt).ndcg20).toBeLessThan(1.1 * baseline);
    }
  });
  it('trains on nothing of the test: what is held out stands in no training row', () => {
    const both = keepRows(split.test, (at) => {
      const user = split.test.starts.findLastIndex((start) => start <= at);
      const row = split.train.items.subarray(split.train.starts[user], split.train.starts[user + 1]);
      return row.includes(split.test.items[at] ?? -1);
    });
    expect(both.items).toHaveLength(0);
  });
});

describe('a file of lists', () => {
  it('has a line a listener, empty lines and doubles do not count', () => {
    const lists = parseLists('0 3 1 3\n\n2\n', 'train.txt');
    expect([...lists].map(([user, items]) => [user, [...items]])).toEqual([
      [0, [3, 1]],
      [2, []],
    ]);
  });
  it('is refused with the line that is something else', () => {
    expect(() => parseLists('0 1\n1 a\n', 'train.txt')).toThrow('train.txt:2');
    expect(() => parseLists('0 -1\n', 'train.txt')).toThrow('train.txt:1');
  });
});
