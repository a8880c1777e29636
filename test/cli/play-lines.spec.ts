import { describe, expect, test } from '@jest/globals';
import { BadLineError, parseLines } from '../../src/cli/play/line.js';
import { isBarrier, lanesOf } from '../../src/cli/play/order.js';
import { Pace, speedOf } from '../../src/cli/play/pace.js';
import { resolved } from '../../src/cli/play/placeholders.js';

const good = {
  at: '2026-11-17T10:18:00+01:00',
  actor: 'kim',
  command: 'declare-outage',
  body: { pool: 'pool-a.contoso.com' },
};
const text = (...lines: readonly object[]): string => lines.map((line) => JSON.stringify(line)).join('\n');

describe('a file with a bad line is refused, and the line is named', () => {
  test('good lines keep their numbers, empty ones are skipped', () => {
    expect(parseLines(`${text(good)}\n\n${text({ ...good, expect: 'refused' })}\n`)).toEqual([
      { ...good, number: 1 },
      { ...good, number: 3, expect: 'refused' },
    ]);
  });

  test.each([
    ['not JSON', '{'],
    ['no object', '[1]'],
    ['no time', text({ ...good, at: 'at noon' })],
    ['no time of any calendar', text({ ...good, at: '2026-13-17T10:18:00Z' })],
    ['nobody', text({ ...good, actor: ' ' })],
    ['an unknown command', text({ ...good, command: 'undo' })],
    ['an unknown member', text({ ...good, note: 'x' })],
    ['no body', text({ ...good, body: null })],
    ['an unknown field', text({ ...good, body: { pool: 'pool-a.contoso.com', site: 'Berlin' } })],
    ['a missing field', text({ ...good, body: {} })],
    ['another expectation', text({ ...good, expect: 'accepted' })],
    ['a label that no earlier line has', text({ ...good, body: { pool: { $from: 'nightly' } } })],
  ])('%s', (_, bad) => {
    expect(() => parseLines(`${text(good)}\n${bad}`)).toThrow(BadLineError);
    expect(() => parseLines(`${text(good)}\n${bad}`)).toThrow(/^Line 2: /);
  });

  test('a label that is taken', () => {
    const labelled = { ...good, label: 'nightly' };
    expect(() => parseLines(text(labelled, labelled))).toThrow('Line 2: the label "nightly" is taken.');
  });
});

describe('what must wait for what', () => {
  test('commands about a pair hold back everything', () => {
    expect(isBarrier({ command: 'declare-outage' })).toBe(true);
    expect(isBarrier({ command: 'create-object' })).toBe(true);
    expect(isBarrier({ command: 'report-call-arrived' })).toBe(false);
    expect(isBarrier({ command: 'sign-in-agent' })).toBe(false);
  });

  test('lines of a call, of an agent and of a label share a lane', () => {
    const agent = 'sip:Kim@contoso.com';
    expect(lanesOf({ body: { callId: 'one', agent } })).toEqual(['call one', 'agent sip:kim@contoso.com']);
    expect(lanesOf({ body: { agent }, label: 'back' })).toContain('label back');
    expect(lanesOf({ body: { callId: { $from: 'back' } } })).toEqual(['label back']);
  });
});

test('a placeholder is the member of the same name of the labelled answer', () => {
  const answers = new Map([['nightly', { exportId: 'e-1', position: '7' }]]);
  const body = { destination: 'pool-b.contoso.com', exportId: { $from: 'nightly' } };
  expect(resolved(body, answers)).toEqual({ destination: 'pool-b.contoso.com', exportId: 'e-1' });
});

describe('speed', () => {
  test.each([
    ['max', null],
    ['real', 1],
    ['60x', 60],
    ['0.5', 0.5],
  ])('%s', (given, factor) => expect(speedOf(given)).toBe(factor));

  test.each(['fast', '-1', '0x', ''])('not "%s"', (given) => {
    expect(() => speedOf(given)).toThrow('--speed is max, real or a factor');
  });

  test('lines wait for their time, shortened by the factor', async () => {
    const pace = new Pace(1_000);
    const began = performance.now();
    for (const second of ['00', '30', '59']) await pace.until(`2026-11-17T10:18:${second}Z`);
    // Timers count whole milliseconds, and each of the waits may lose one.
    expect(performance.now() - began).toBeGreaterThanOrEqual(55);
  });
});
