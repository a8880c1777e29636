import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readMoment } from '../../src/cli/times/flags.js';
import { timeGiven } from '../../src/cli/times/given.js';
import { printedTime } from '../../src/cli/times/printed.js';
import { isZone, localZone, readingOf } from '../../src/cli/times/zone.js';
import { startService, type Service } from './support/service.js';

const given = (text: string, zone: string, now = '2026-11-26T08:30:15.500Z') =>
  timeGiven(text, { zone, now: Date.parse(now) });
const refused = (...named: readonly string[]) => ({
  reason: expect.stringMatching(named.map((name) => name.replace(/[+()]/g, '\\$&')).join('[^]*')),
});

describe('A time as people give it', () => {
  // At 08:30:15Z it is 09:30 in Berlin, 03:30 in New York and 14:00 in Kolkata.
  test.each([
    ['Europe/Berlin', '02:40', '2026-11-26T01:40:00.000Z'],
    ['Europe/Berlin', '9:30', '2026-11-26T08:30:00.000Z'],
    ['Europe/Berlin', '09:31', '2026-11-25T08:31:00.000Z'],
    ['Europe/Berlin', '23:59:59', '2026-11-25T22:59:59.000Z'],
    ['Europe/Berlin', 'yesterday 02:40', '2026-11-25T01:40:00.000Z'],
    ['Europe/Berlin', 'today 02:40', '2026-11-26T01:40:00.000Z'],
    ['Europe/Berlin', '2026-11-17 02:40', '2026-11-17T01:40:00.000Z'],
    ['Europe/Berlin', '2026-07-17 02:40', '2026-07-17T00:40:00.000Z'],
    ['Europe/Berlin', '2026-11-17T02:40:30', '2026-11-17T01:40:30.000Z'],
    ['America/New_York', '02:40', '2026-11-26T07:40:00.000Z'],
    ['America/New_York', '03:40', '2026-11-25T08:40:00.000Z'],
    ['America/New_York', 'yesterday 23:10', '2026-11-26T04:10:00.000Z'],
    ['America/New_York', '2026-11-17 02:40', '2026-11-17T07:40:00.000Z'],
    ['UTC', '02:40', '2026-11-26T02:40:00.000Z'],
    ['UTC', 'yesterday 02:40', '2026-11-25T02:40:00.000Z'],
    ['Asia/Kolkata', '02:40', '2026-11-25T21:10:00.000Z'],
    ['Asia/Kolkata', '13:59', '2026-11-26T08:29:00.000Z'],
    ['Asia/Kolkata', '2026-11-17 02:40', '2026-11-16T21:10:00.000Z'],
  ])('in %s "%s" is %s', (zone, text, time) => {
    expect(given(text, zone)).toBe(time);
  });

  test.each([
    ['now', '2026-11-26T08:30:15.500Z'],
    ['-20m', '2026-11-26T08:10:15.500Z'],
    ['-2h', '2026-11-26T06:30:15.500Z'],
    ['-1h30m', '2026-11-26T07:00:15.500Z'],
    ['-90s', '2026-11-26T08:28:45.500Z'],
    ['-3d', '2026-11-23T08:30:15.500Z'],
    // As the service takes it, it stays as it was given.
    ['2026-11-17T02:40:00+01:00', '2026-11-17T02:40:00+01:00'],
    ['2026-11-17T01:40:00.123Z', '2026-11-17T01:40:00.123Z'],
    // As this command line prints it.
    ['2026-11-17 02:40:00+01:00', '2026-11-17T01:40:00.000Z'],
    ['2026-11-17 02:40Z', '2026-11-17T02:40:00.000Z'],
  ])('"%s" is the same in every zone: %s', (text, time) => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'UTC', 'Asia/Kolkata']) {
      expect(given(text, zone)).toBe(time);
    }
  });

  test.each([
    ['noon', 'It is a time', 'Europe/Berlin'],
    ['', 'It is a time'],
    ['-20', 'It is a time'],
    ['20m', 'It is a time'],
    ['-900000d', 'It is a time'],
    ['2026-11-17', 'It is a time'],
    ['17.11.2026 02:40', 'It is a time'],
    ['24:00', 'A day has the times 00:00 to 23:59'],
    ['yesterday 12:60', 'A day has the times'],
    ['2026-02-30 02:40', 'There is no 2026-02-30'],
    ['2026-13-01 02:40', 'There is no 2026-13-01'],
  ])('"%s" is refused: %s', (text, ...named) => {
    expect(given(text, 'Europe/Berlin')).toEqual(refused(...named));
  });
});

describe('When clocks are put back', () => {
  test.each([
    ['Europe/Berlin', '2026-10-25 02:30', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    ['America/New_York', '2026-11-01 01:15', '2026-11-01T05:15:00Z', '2026-11-01T06:15:00Z'],
  ])('%s has %s twice, and both are named', (zone, text, first, second) => {
    expect(given(text, zone)).toEqual(refused(`clocks of ${zone}`, 'twice', first, second));
  });

  test('a time of the day is the one that is past, where only one is; else it is refused', () => {
    const at = (now: string) => given('02:30', 'Europe/Berlin', now);
    expect(at('2026-10-25T00:10:00Z')).toBe('2026-10-24T00:30:00.000Z');
    expect(at('2026-10-25T00:45:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25T01:15:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25T01:30:00Z')).toEqual(refused('twice'));
    expect(at('2026-10-25T09:00:00Z')).toEqual(refused('twice'));
    expect(given('yesterday 02:30', 'Europe/Berlin', '2026-10-26T09:00:00Z')).toEqual(refused('twice'));
  });

  test('the hours around it are there once, and zones without it have none of that', () => {
    expect(given('2026-10-25 01:59', 'Europe/Berlin')).toBe('2026-10-24T23:59:00.000Z');
    expect(given('2026-10-25 03:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
    expect(given('2026-10-25 02:30', 'UTC')).toBe('2026-10-25T02:30:00.000Z');
    expect(given('2026-10-25 02:30', 'Asia/Kolkata')).toBe('2026-10-24T21:00:00.000Z');
  });
});

describe('When clocks are put forward', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29 02:30', '2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z'],
    ['America/New_York', '2026-03-08 02:59', '2026-03-08T06:59:00Z', '2026-03-08T07:59:00Z'],
  ])('%s has no %s, and the nearest are named', (zone, text, first, second) => {
    expect(given(text, zone)).toEqual(refused(`clocks of ${zone}`, 'never', first, second));
  });

  test('a time of the day that was left out today is refused; before, it is that of yesterday', () => {
    const at = (now: string) => given('02:30', 'Europe/Berlin', now);
    expect(at('2026-03-29T00:50:00Z')).toBe('2026-03-28T01:30:00.000Z');
    expect(at('2026-03-29T01:05:00Z')).toEqual(refused('never'));
    expect(at('2026-03-29T09:00:00Z')).toEqual(refused('never'));
  });
});

test('Around every change of clocks, what is printed is the moment that it was made from', () => {
  // Lord Howe puts its clocks back by half an hour, Nepal is 5:45 ahead.
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
  for (const changed of ['03-08', '03-29', '04-05', '10-04', '10-25', '11-01']) {
    const midnight = Date.parse(`2026-${changed}T00:00:00Z`);
    for (let minutes = -1440; minutes < 1440; minutes += 10) {
      const moment = midnight + minutes * 60_000;
      for (const zone of zones) {
        const printed = printedTime(new Date(moment).toISOString(), zone);
        const reading = readingOf(Date.parse(`${printed.slice(0, 19).replace(' ', 'T')}Z`), zone);
        const moments = reading.kind === 'once' ? [reading.moment] : 'moments' in reading && reading.moments;
        expect(moments).toContain(moment);
        const again = given(printed, zone);
        expect(typeof again === 'string' ? Date.parse(again) : again).toBe(moment);
      }
    }
  }
});

test.each([
  ['Europe/Berlin', '2026-11-17T01:40:00.000Z', '2026-11-17 02:40:00+01:00'],
  ['Europe/Berlin', '2026-07-17T01:40:00Z', '2026-07-17 03:40:00+02:00'],
  ['America/New_York', '2026-11-17T01:40:00.000Z', '2026-11-16 20:40:00-05:00'],
  ['Asia/Kolkata', '2026-11-17T01:40:00.999Z', '2026-11-17 07:10:00+05:30'],
  ['UTC', '2026-11-17T01:40:00.000Z', '2026-11-17 01:40:00Z'],
  ['UTC', '4711', '4711'],
  ['UTC', '', ''],
])('In %s, %s is printed as %s', (zone, text, printed) => {
  expect(printedTime(text, zone)).toBe(printed);
});

test('A zone that nobody knows is none', () => {
  expect([isZone('Europe/Berlin'), isZone('Mars/Olympus'), isZone(undefined)]).toEqual([true, false, false]);
  expect(localZone()).toBe('UTC');
});

test('What the service looks up in the log is handed on as it was given; other moments are times', () => {
  const found = [
    '4711',
    'incident/1/outage',
    'incident/last/failed-over+5m',
    'incident/2/outage-5m',
    '0b7e1c1e-6a7e-5d2b-9c55-8c1f3f7a2f11',
  ];
  expect(found.map(readMoment)).toEqual(found);
  expect(readMoment('2026-11-17 02:40')).toBe('2026-11-17T02:40:00.000Z');
  expect(() => readMoment('17/11/2026')).toThrow('It is a time');
});

test('A word that is no moment is refused in words of the command line, with all that a moment can be', () => {
  for (const word of ['tomorrow', 'latest', 'incident/1', 'incident/first/outage', 'outage', '17.11.']) {
    expect(() => readMoment(word)).toThrow(
      /It is a time: .*"yesterday 02:40".* a position, such as 4711.* incident\/1\/outage/,
    );
  }
  for (const day of ['yesterday', 'today', '2026-11-17'])
    expect(() => readMoment(day)).toThrow(`A day needs a time of the day, such as "${day} 02:40".`);
});

describe('The command line in its zone', () => {
  const pools = ['pool-a.contoso.com', 'pool-b.contoso.com'] as const;
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(async () => await service.stop());

  /** The built command line: `npm test` builds before it tests. */
  const poolkeeper = async (zone: string, ...argv: readonly string[]) =>
    await new Promise<{ readonly out: string; readonly err: string; readonly code: number }>((resolve) => {
      const env = { ...process.env, POOLKEEPER_URL: service.url, TZ: zone };
      const child = execFile(process.execPath, ['dist/src/cli/main.js', ...argv], { env }, (_, out, err) => {
        resolve({ out, err, code: child.exitCode ?? -1 });
      });
    });

  test('takes and prints local times, answers UTC in JSON, and refuses what its clocks show twice', async () => {
    const registered = ['--pool', pools[0], '--pool', pools[1], '--occurred-at', '2025-10-01 08:00'];
    expect(await poolkeeper('Europe/Berlin', 'register-pair', ...registered)).toMatchObject({ code: 0 });
    const declare = ['declare-outage', '--pool', pools[0], '--occurred-at'];
    const twice = await poolkeeper('Europe/Berlin', ...declare, '2025-10-26 02:30');
    expect(twice).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/2025-10-26T00:30:00Z[^]*2025-10-26T01:30:00Z/),
    });
    const day = await poolkeeper('Europe/Berlin', 'pool', pools[0], '--at', 'yesterday');
    expect(day).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('such as "yesterday 02:40"'),
    });
    expect(day.err).not.toMatch(/\/at|\$property|RFC 3339 time with an offset/);
    const once = await poolkeeper('America/New_York', ...declare, '2025-10-26 02:30');
    expect(once).toMatchObject({
      code: 0,
      out: expect.stringContaining('\n  as of 2025-10-26 02:30:00-04:00\n'),
    });
    const shown = await poolkeeper('Asia/Kolkata', 'pool', pools[0]);
    expect(shown.out).toContain('since 2025-10-26 12:00:00+05:30');
    const trail = [
      'audit-trail',
      pools[0],
      '--from',
      '2025-10-26 07:30',
      '--to',
      '2025-10-26 07:30',
      '--json',
    ];
    const { out } = await poolkeeper('Europe/Berlin', ...trail);
    expect(JSON.parse(out)).toMatchObject({
      entries: [{ type: 'OutageDeclared', occurredAt: '2025-10-26T06:30:00.000Z' }],
    });
    const past = await poolkeeper('Europe/Berlin', 'pool', pools[0], '--as-of', '-5m');
    expect(past.out).toContain('was not registered at that moment');
  });
});
