import { expect } from '@jest/globals';
import {
  InvalidAppendError,
  RevisionConflictError,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
} from '../../../src/store/port.js';
import { event, events, idsOf, placesOf, plain, readLog, type Check } from '../support/checks.js';

/** Appends twice and expects the first result again, and nothing more stored. */
async function expectRepeat(
  store: EventStore,
  batch: EventToAppend[],
  expected: ExpectedRevision,
): Promise<void> {
  const first = await store.append('s', batch, expected);
  const before = await store.lastPosition();
  const again = await store.append('s', batch, expected);
  expect({ ...again, events: again.events.map(plain) }).toEqual({
    ...first,
    events: first.events.map(plain),
  });
  expect(await store.lastPosition()).toBe(before);
}

export function idempotentWriteChecks(check: Check): void {
  check(19, 'same ids again with the same exact revision give the first result', async ({ store }) => {
    await store.append('s', events(2), 'no-stream');
    await expectRepeat(store, events(2), 1n);
  });

  check(20, 'same ids again with NO_STREAM give the first result', async ({ store }) => {
    await expectRepeat(store, events(2), 'no-stream');
  });

  check(
    20,
    'a repeat that overlaps the first, or comes after a restart, gives the first result',
    async (fixture) => {
      const batch = events(2);
      const [first, overlapping] = await Promise.all([
        fixture.store.append('s', batch, 'no-stream'),
        fixture.store.append('s', batch, 'no-stream'),
      ]);
      await fixture.restart();
      const later = await fixture.store.append('s', batch, 'no-stream');
      for (const repeat of [overlapping, later])
        expect(repeat.events.map(plain)).toEqual(first.events.map(plain));
      expect(await fixture.store.lastPosition()).toBe(first.position);
    },
  );

  check(21, 'same ids again with ANY give the first result', async ({ store }) => {
    await expectRepeat(store, events(2), 'any');
  });

  check(22, 'a leading part of the original batch again is a repeat', async ({ store }) => {
    const batch = events(3);
    await store.append('s', batch, 'no-stream');
    const again = await store.append('s', batch.slice(0, 2), 'no-stream');
    expect(again).toMatchObject({ revision: 1n, created: true });
    expect(await placesOf(store, [again.position])).toEqual([2]);
    expect(idsOf(again.events)).toEqual(idsOf(batch.slice(0, 2)));
    expect(await readLog(store)).toHaveLength(3);
  });

  check(23, 'the original batch plus more with the old revision is a conflict', async ({ store }) => {
    const batch = events(2);
    await store.append('s', batch, 'no-stream');
    const failed = store.append('s', [...batch, event()], 'no-stream');
    await expect(failed).rejects.toBeInstanceOf(RevisionConflictError);
    expect(await readLog(store)).toHaveLength(2);
  });

  check(24, 'known ids mixed with new ones are invalid, whichever come first', async ({ store }) => {
    const known = event();
    await store.append('s', [known], 'no-stream');
    for (const expected of ['any', 'stream-exists', 0n] as const) {
      for (const batch of [
        [known, event()],
        [event(), known],
      ]) {
        await expect(store.append('s', batch, expected)).rejects.toBeInstanceOf(InvalidAppendError);
      }
    }
    await expect(store.append('s', [known], 0n)).rejects.toBeInstanceOf(InvalidAppendError);
    expect(await readLog(store)).toHaveLength(1);
    await store.append('s', [event()], 0n);
    expect(await readLog(store)).toHaveLength(2);
  });

  check(24, 'known ids in another order are invalid', async ({ store }) => {
    const [first, second] = [event(), event()];
    await store.append('s', [first, second], 'no-stream');
    await expect(store.append('s', [second, first], 'any')).rejects.toBeInstanceOf(InvalidAppendError);
  });

  check(25, 'the same id in a different stream is allowed', async ({ store }) => {
    const one = event();
    await store.append('s', [one], 'no-stream');
    await store.append('t', [one], 'no-stream');
    await store.append('u', [one], 'any');
    expect((await readLog(store)).map(({ stream }) => stream)).toEqual(['s', 't', 'u']);
  });

  check(26, 'the same id twice inside one batch is invalid', async ({ store }) => {
    const one = event();
    const failed = store.append('s', [one, event(), one], 'no-stream');
    await expect(failed).rejects.toBeInstanceOf(InvalidAppendError);
    expect(await store.lastPosition()).toBeNull();
  });

  check(27, 'STREAM_EXISTS with known ids is a repeat', async ({ store }) => {
    await store.append('s', [event()], 'no-stream');
    await expectRepeat(store, events(2), 'stream-exists');
  });

  check(28, 'an old write again after newer events is a repeat', async ({ store }) => {
    await store.append('s', [event()], 'no-stream');
    const old = events(2);
    const first = await store.append('s', old, 0n);
    await store.append('s', events(3), 2n);
    expect(await store.append('s', old, 0n)).toMatchObject({
      revision: first.revision,
      position: first.position,
    });
    expect(await readLog(store)).toHaveLength(6);
  });
}
