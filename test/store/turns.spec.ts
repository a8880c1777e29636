import { setImmediate } from 'node:timers';
import { expect, it } from '@jest/globals';
import { Turns } from '../../src/store/turns.js';

it('lets one walk go on in each turn of the event loop, in the order in which they gave way', async () => {
  const wentOn: number[][] = [];
  const walks = Array.from({ length: 5 }, async (_, walk) => {
    const turns = new Turns();
    for (let step = 0; step < 3; step += 1) {
      await turns.next();
      wentOn.at(-1)?.push(walk);
    }
  });
  const over = new AbortController();
  const turn = (): void => {
    wentOn.push([]);
    if (!over.signal.aborted) setImmediate(turn);
  };
  turn();
  await Promise.all(walks);
  over.abort();
  const each = wentOn.filter((walksOfTurn) => walksOfTurn.length > 0);
  expect(each).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4].map((walk) => [walk]));
});

it('says that it is over once a walk has held the event loop, and not after it has given way', async () => {
  const turns = new Turns();
  for (let isOver = false; !isOver;) ({ isOver } = turns);
  await turns.next();
  const began = performance.now();
  const { isOver } = turns;
  // Where the machine paused just now, nothing can be said.
  expect(isOver && performance.now() - began < 1).toBe(false);
});

it('ends a walk whose signal is aborted, before it gives way and after', async () => {
  const ending = new AbortController();
  const turns = new Turns(ending.signal);
  const next = turns.next();
  ending.abort(new Error('It is not wanted any more.'));
  await expect(next).rejects.toThrow('not wanted');
  await expect(turns.next()).rejects.toThrow('not wanted');
});
