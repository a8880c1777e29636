import { describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Backoff } from '../../../src/store/eventstoredb/backoff.js';
import {
  ConnectionStringError,
  parseConnectionString,
} from '../../../src/store/eventstoredb/connection-string.js';
import { openEventStoreDB } from '../../../src/store/eventstoredb/open.js';
import { RecordingClock } from '../../../src/store/eventstoredb/recording-clock.js';
import { events } from '../support/checks.js';

describe('connection strings', () => {
  test.each([
    ['esdb://ada:s3cret@db:2113', ['db:2113'], false],
    ['esdb+discover://ada:s3cret@db?nodePreference=leader', ['db:2113'], true],
    ['kurrentdb://ada:s3cret@a:1,b:2,c:3', ['a:1', 'b:2', 'c:3'], true],
    ['kurrentdb+discover://db?tls=false', ['db:2113'], true],
    [' esdb://db/?tls=false ', ['db:2113'], false],
  ])('%s is accepted', (given, hosts, cluster) => {
    const settings = parseConnectionString(given);
    expect(settings.endpoints.map(({ address, port }) => `${address}:${port}`)).toEqual(hosts);
    expect([settings.cluster, settings.requiresLeader]).toEqual([cluster, cluster]);
  });

  test('whoever prefers other nodes than the leader does not insist on it', () => {
    const { requiresLeader, keys } = parseConnectionString('esdb://a,b?tls=false&node_preference=Follower');
    expect([requiresLeader, keys.nodePreference]).toEqual([false, 'follower']);
  });

  test('user and password are decoded', () => {
    const { user } = parseConnectionString('esdb://ada%40x:s3%3Acret@db');
    expect(user).toEqual({ username: 'ada@x', password: 's3:cret' });
  });

  test('keys are read whatever their case, with their types', () => {
    const text =
      'esdb://db?tls=false&Default-Deadline=7000&keepAliveInterval=-1&connectionName=pool%20keeper';
    expect(parseConnectionString(text).keys).toEqual({
      tls: false,
      nodePreference: 'leader',
      defaultDeadline: 7_000,
      keepAliveInterval: -1,
      connectionName: 'pool keeper',
    });
  });

  test.each([
    ['', 'is none'],
    ['http://ada:s3cret@db', 'is none'],
    ['esdb://ada:s3cret@', 'is none'],
    ['esdb://ada:s3cret@d b', 'has a host that is none'],
    ['esdb://ada:s3cret@db:70000', 'has a host that is none'],
    ['esdb://ada:s3cret:more@db', 'a colon too many'],
    ['esdb://s3cret@db', 'a user without a password'],
    ['esdb://ada:s3cret%zz@db', 'not percent-encoded'],
    ['esdb://ada:s3cret@db?s3cret=1', 'a key that the client does not know'],
    ['esdb://ada:s3cret@db?tls', 'gives tls no value'],
    ['esdb://ada:s3cret@db?tls=maybe', 'gives tls a value other than true and false'],
    ['esdb://ada:s3cret@db?tlsCAFile=%zz', 'gives tlsCAFile a value that is not percent-encoded'],
    ['esdb://ada:s3cret@db?defaultDeadline=soon', 'gives defaultDeadline no whole number from 1'],
    ['esdb://ada:s3cret@db?nodePreference=best', 'gives nodePreference none of leader, follower'],
    ['esdb://ada:s3cret@db?tlsVerifyCert=false', 'has no effect'],
    ['esdb://ada:s3cret@db?throwOnAppendFailure=false', 'hide conflicts'],
    ['esdb://ada:s3cret@db?userCertFile=a.crt', 'needs userCertFile and userKeyFile together'],
    ['esdb://db?tls=false&tlsCAFile=ca.crt', 'names a tlsCAFile, but switches encryption off'],
    ['esdb://db', 'has no user:password@ and no userCertFile'],
  ])('%s is refused, and what it holds is not repeated', (given, reason) => {
    const parse = (): unknown => parseConnectionString(given);
    expect(parse).toThrow(ConnectionStringError);
    expect(parse).toThrow(reason);
    expect(parse).not.toThrow('s3cret');
  });

  test('no error of a store that cannot be reached holds its password', async () => {
    const store = openEventStoreDB({
      connectionString: 'esdb://ada:s3cret@127.0.0.1:9',
      deployment: 'test',
      clock: () => new Date(),
      deadline: 200,
      backoff: { first: 1, longest: 2 },
    });
    const calls = [
      store.append('s', events(1), 'any'),
      store.headOf('s'),
      store.lastPosition(),
      store.verify(),
    ];
    for (const call of await Promise.allSettled(calls)) {
      const reason: unknown = call.status === 'rejected' ? call.reason : null;
      expect(reason).toMatchObject({ name: 'StoreUnavailableError' });
      const shown = [String(reason), JSON.stringify(reason, Object.getOwnPropertyNames(reason))];
      expect(shown.join()).not.toMatch(/s3cret|YWRhOn/);
    }
    expect(
      JSON.stringify(store.status?.(), (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    ).not.toContain('s3cret');
    await store.close();
  });
});

test('the pause before the next try doubles up to a limit, with jitter from the random source', () => {
  const drawn = [0, 1, 0.5, 0.5, 0.5];
  const backoff = new Backoff(() => drawn.shift() ?? 0, { first: 100, longest: 500 });
  expect([backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([50, 200, 300, 375]);
  backoff.reset();
  expect(backoff.next()).toBe(75);
});

describe('the clock of what is recorded', () => {
  const times = (...seconds: number[]): (() => Date) => {
    const left = [...seconds];
    return () => new Date(Date.UTC(2026, 10, 24, 10, 0, left.shift() ?? 0));
  };

  test('appends that are under way together have one time, those after them a later one', async () => {
    const clock = new RecordingClock(times(1, 2, 3), 1_000);
    const slow = clock.record(async (recordedAt) => {
      await pause(60);
      return recordedAt;
    });
    const together = clock.record((recordedAt) => Promise.resolve(recordedAt));
    await pause(30);
    const after = clock.record((recordedAt) => Promise.resolve(recordedAt));
    const [first, second, third] = await Promise.all([slow, together, after]);
    expect(second).toBe(first);
    expect(third > first).toBe(true);
  });

  test('it does not go back, and waits for an append that hangs only so long', async () => {
    const clock = new RecordingClock(times(5, 1, 7), 20);
    clock.see('2026-11-24T10:00:06.000Z');
    void clock.record(() => new Promise(() => undefined));
    await pause(30);
    expect(await clock.record((recordedAt) => Promise.resolve(recordedAt))).toBe('2026-11-24T10:00:06.000Z');
    await pause(30);
    expect(await clock.record((recordedAt) => Promise.resolve(recordedAt))).toBe('2026-11-24T10:00:07.000Z');
  });
});
