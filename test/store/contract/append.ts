import { expect } from '@jest/globals';
import { RevisionConflictError, type ExpectedRevision } from '../../../src/store/port.js';
import { event, events, idsOf, placesOf, positionsOf, readLog, type Check } from '../support/checks.js';

export function appendChecks(check: Check): void {
  check(
    1,
    "a new stream's first event has revision 0; positions strictly increase across streams",
    async ({ store }) => {
      const first = await store.append('call-p-1', [event()], 'no-stream');
      const second = await store.append('call-p-2', [event()], 'no-stream');
      expect([first.revision, second.revision]).toEqual([0n, 0n]);
      expect(second.position).toBeGreaterThan(first.position);
      expect(await placesOf(store, [first.position, second.position])).toEqual([1, 2]);
    },
  );

  check(2, 'NO_STREAM on a missing stream succeeds', async ({ store }) => {
    await expect(store.append('s', [event()], 'no-stream')).resolves.toMatchObject({ created: true });
  });

  check(3, 'NO_STREAM on an existing stream fails with expected and actual revision', async ({ store }) => {
    await store.append('s', events(2), 'no-stream');
    const failed = store.append('s', [event()], 'no-stream');
    await expect(failed).rejects.toBeInstanceOf(RevisionConflictError);
    await expect(failed).rejects.toMatchObject({ stream: 's', expected: 'no-stream', actual: 1n });
  });

  check(4, 'STREAM_EXISTS on an existing stream succeeds', async ({ store }) => {
    await store.append('s', [event()], 'no-stream');
    await expect(store.append('s', [event()], 'stream-exists')).resolves.toMatchObject({ revision: 1n });
  });

  check(5, 'STREAM_EXISTS on a missing stream fails', async ({ store }) => {
    const failed = store.append('s', [event()], 'stream-exists');
    await expect(failed).rejects.toBeInstanceOf(RevisionConflictError);
    await expect(failed).rejects.toMatchObject({ expected: 'stream-exists', actual: 'no-stream' });
  });

  check(6, 'ANY succeeds on missing and on existing streams', async ({ store }) => {
    await expect(store.append('s', [event()], 'any')).resolves.toMatchObject({ revision: 0n, created: true });
    await expect(store.append('s', [event()], 'any')).resolves.toMatchObject({
      revision: 1n,
      created: false,
    });
  });

  check(7, 'exact revision equal to current succeeds', async ({ store }) => {
    await store.append('s', events(3), 'no-stream');
    await expect(store.append('s', [event()], 2n)).resolves.toMatchObject({ revision: 3n, created: false });
  });

  const wrong: [number, string, number, ExpectedRevision][] = [
    [8, 'exact revision lower than current fails', 3, 1n],
    [9, 'exact revision higher than current fails', 3, 3n],
    [10, 'exact revision on a missing stream fails', 0, 0n],
  ];
  for (const [number, name, present, expected] of wrong) {
    check(number, name, async ({ store }) => {
      await store.append('other', [event()], 'no-stream');
      if (present > 0) await store.append('s', events(present), 'no-stream');
      const failed = store.append('s', [event()], expected);
      await expect(failed).rejects.toBeInstanceOf(RevisionConflictError);
      await expect(failed).rejects.toMatchObject({
        expected,
        actual: present === 0 ? 'no-stream' : BigInt(present - 1),
      });
    });
  }

  check(11, 'a failed append stores nothing and consumes no position', async ({ store }) => {
    await store.append('s', [event()], 'no-stream');
    const known = event();
    await store.append('t', [known], 'no-stream');
    await expect(store.append('s', events(2), 'no-stream')).rejects.toThrow();
    await expect(store.append('t', [event(), event(), known], 'any')).rejects.toThrow();
    expect(await readLog(store)).toHaveLength(2);
    expect(await store.headOf('s')).toBe(0n);
    expect(await store.headOf('t')).toBe(0n);
    const { position } = await store.append('s', [event()], 0n);
    expect(await placesOf(store, [position])).toEqual([3]);
    expect(await store.verify()).toMatchObject({ events: 3, broken: null });
  });

  check(12, 'a batch is all or nothing; its events are contiguous in the stream', async ({ store }) => {
    const batches = [events(3), events(4), events(5)];
    await Promise.all(batches.map((batch) => store.append('s', batch, 'any')));
    const stored = await store.readStream('s');
    expect(stored.map(({ revision }) => revision)).toEqual(stored.map((_, n) => BigInt(n)));
    expect(idsOf(stored)).toEqual(batches.flatMap(idsOf));
  });

  check(13, 'appending an empty list changes nothing and says so', async ({ store }) => {
    const none = { created: false, events: [] };
    expect(await store.append('s', [], 'any')).toEqual({ revision: -1n, position: 0n, ...none });
    expect(await store.append('s', [], 'no-stream')).toEqual({ revision: -1n, position: 0n, ...none });
    const { position } = await store.append('s', events(2), 'no-stream');
    expect(await store.append('s', [], 1n)).toEqual({ revision: 1n, position, ...none });
    await expect(store.append('s', [], 0n)).rejects.toBeInstanceOf(RevisionConflictError);
    expect(await store.lastPosition()).toBe(position);
  });

  check(14, 'the result names revision, position and whether the stream was created', async ({ store }) => {
    const one = event();
    const first = await store.append('s', [one], 'no-stream');
    expect(first).toMatchObject({ revision: 0n, created: true });
    expect(idsOf(first.events)).toEqual([one.id]);
    const batch = events(3);
    const second = await store.append('s', batch, first.revision);
    expect(second).toMatchObject({ revision: 3n, created: false });
    expect(second.events.map(({ revision }) => revision)).toEqual([1n, 2n, 3n]);
    const third = await store.append('t', events(2), 'any');
    expect(third).toMatchObject({ revision: 1n, created: true });
    const log = await positionsOf(store);
    const told = [first, second, third].flatMap((result) => result.events.map(({ position }) => position));
    expect(told).toEqual(log);
    expect([first.position, second.position, third.position]).toEqual([log[0], log[3], log[5]]);
  });

  check(15, 'of two writers with the same expected revision at once exactly one wins', async ({ store }) => {
    const attempts = await Promise.allSettled([
      store.append('s', [event()], 'no-stream'),
      store.append('s', [event()], 'no-stream'),
    ]);
    expect(attempts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await store.headOf('s')).toBe(0n);
  });

  check(16, 'of N concurrent ANY writers all succeed, no revision lost or repeated', async ({ store }) => {
    const results = await Promise.all(Array.from({ length: 200 }, () => store.append('s', [event()], 'any')));
    const revisions = results.map(({ revision }) => Number(revision)).sort((a, b) => a - b);
    expect(revisions).toEqual(revisions.map((_, n) => n));
  });

  check(17, 'concurrent writers to different streams do not conflict', async ({ store }) => {
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) => store.append(`s-${n}`, events(2), 'no-stream')),
    );
    expect(results.every(({ revision, created }) => revision === 1n && created)).toBe(true);
  });

  check(18, 'a conflict on one stream does not disturb another', async ({ store }) => {
    const known = event();
    await store.append('s', [known], 'no-stream');
    const attempts = await Promise.allSettled([
      store.append('t', events(2), 'no-stream'),
      store.append('s', [event()], 7n),
      store.append('s', [event(), known], 0n),
      store.append('u', events(2), 'no-stream'),
    ]);
    expect(attempts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    // The store decides which of two streams comes first, but the events of one append stay together.
    const streams = (await readLog(store)).map(({ stream }) => stream).join('');
    expect(['sttuu', 'suutt']).toContain(streams);
    expect(await store.verify()).toMatchObject({ events: 5, broken: null });
  });
}
