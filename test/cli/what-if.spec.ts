import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WhatIfAnswer } from '../../src/contract/what-if.js';
import { startService, type Service } from './support/service.js';
import { terminal } from './support/terminal.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const at = (time: string): string => `2026-03-02T${time}Z`;

let service: Service;
let poolkeeper: ReturnType<typeof terminal>;
let folder: string;
/** The id of the export that was imported. */
let exported: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-what-if-'));
  service = await startService();
  poolkeeper = terminal(service.url);
  const given = async (time: string, ...argv: readonly string[]): Promise<string> => {
    const ran = await poolkeeper(...argv, '--occurred-at', at(time));
    if (ran.exitCode !== 0) throw new Error(`${argv.join(' ')}: ${ran.err}`);
    return ran.out;
  };
  const arrives = (time: string, id: string): Promise<string> =>
    given(time, 'report-call-arrived', '--call-id', id, '--pool', a, '--response-group', 'w-1');
  await given('08:00:00', 'register-pair', '--pool', a, '--pool', b);
  await given(
    '08:01:00',
    ...['create-object', '--pool', a, '--kind', 'workflow', '--id', 'w-1', '--name', 'Reception'],
    ...['--tool', 'controlPanel', '--properties', '{"primaryUri":"sip:reception@contoso.com"}'],
  );
  const [, exportId = ''] =
    /export id: (\S+)/.exec(await given('08:02:00', 'record-export', '--pool', a)) ?? [];
  exported = exportId;
  await given('10:00:00', 'declare-outage', '--pool', a);
  await arrives('10:05:00', 'c-1');
  await given('10:10:00', 'initiate-failover', '--pool', a);
  await arrives('10:15:00', 'c-2');
  await given('10:20:00', 'import-response-groups', '--destination', b, '--export-id', exportId);
  await arrives('10:25:00', 'c-3');
  await given('10:30:00', 'complete-failover', '--pool', a);
  await arrives('10:40:00', 'c-4');
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

/** Without the day, which is that of the event. */
const byClocksHere = (time: string): string => new Date(at(time)).toTimeString().slice(0, 8);

/** The alternative that flags make. */
async function asked(...flags: readonly string[]) {
  const { exitCode, out, err } = await poolkeeper('what-if', a, ...flags, '--json');
  if (exitCode !== 0) throw new Error(err);
  const { recorded, alternatives } = JSON.parse(out) as WhatIfAnswer;
  const last = alternatives.at(-1);
  if (last === undefined) throw new Error('There is no alternative.');
  return { recorded, ...last };
}

describe('poolkeeper what-if', () => {
  test('compares the last incident with how it would have gone', async () => {
    const { exitCode, out } = await poolkeeper('what-if', a, '--pre-staged');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/calls cut off\s+.*2\s+.*0/);
    expect(out).toMatch(/saved\s+.*2/);
    expect(out).toMatch(/perhaps for nobody\s+.*2\s+.*4/);
    expect(out).toContain('(way-not-on-record)');
    // The copy is on the backup pool from before the outage on, and on record from 10:20.
    expect(out).toMatch(/otherwise: shown by[^]*workflow Reception[^]*pool-b\.contoso\.com[^]*not there/);
    expect(out).toContain('nobody knows how it would have ended');
    expect(await asked('--pre-staged')).toMatchObject({ recorded: { cutOff: 2 }, saved: 2, lost: 0 });
  });

  test.each([
    [['--no-import'], { saved: 0, lost: 2 }],
    [['--move', `import=${at('10:12:00')}`], { saved: 1, lost: 0 }],
    [['--move', `import=${byClocksHere('10:12:00')}`], { saved: 1, lost: 0 }],
    [['--import-after', '12m'], { saved: 1, lost: 0 }],
    [['--drop', 'outage', '--drop', 'import'], { saved: 1, lost: 2 }],
    [
      ['--failover-after', '2m', '--no-import'],
      {
        saved: 0,
        lost: 2,
        outcome: { stages: [{}, {}, {}, { stage: 'failed-over', from: '2026-03-02T10:02:00.000Z' }] },
      },
    ],
  ] as const)('takes %j', async (flags, expected) => {
    expect(await asked(...flags)).toMatchObject({ ...expected, refused: [] });
  });

  test.each([
    [
      ['--no-import', '--add', `import-response-groups exportId=recorded@${at('10:12:00')}`],
      { saved: 1, lost: 0 },
    ],
    [
      [
        '--no-import',
        ...['--add', `record-export fileName="last night.zip"@${at('09:59:30')}`],
        ...['--add', `import-response-groups export-id=add-1@${at('10:12:00')}`],
      ],
      { saved: 1, lost: 0 },
    ],
    [
      ['--drop', 'failover', '--add', `initiate-failover disasterMode=true@${at('10:04:00')}`],
      { saved: 0, lost: 0, outcome: { byStatement: { 'failing-over/new-calls/1': 2 } } },
    ],
    [
      ['--add', `report-call-arrived callId=edit-0 response-group=Reception@${at('10:06:00')}`],
      { saved: 0, lost: 1 },
    ],
  ] as const)('adds what commands would have recorded: %j', async (flags, expected) => {
    const named = flags.map((flag) => flag.replace('recorded', exported));
    expect(await asked(...named)).toMatchObject({ ...expected, refused: [] });
  });

  test('says which command would have been refused, and what --add takes', async () => {
    const { out } = await poolkeeper('what-if', a, '--add', `complete-failover@${at('10:05:00')}`);
    expect(out).toMatch(/edit 0, complete-failover at 2026-03-02 \S+, by stage-change/);
    const { refused } = await asked('--add', `report-call-ended callId=add-1@${at('10:05:00')}`);
    expect(refused).toMatchObject([{ edit: 0, detail: expect.stringContaining('"add-1"') }]);
    for (const [flag, said] of [
      ['declare-outage', 'It is written'],
      ['hope@10:25', '"hope" is no command'],
      ['declare-outage cause=fire@10:25', 'its fields are pool'],
      ['declare-outage@soon', '--add'],
    ] as const)
      expect(await poolkeeper('what-if', a, '--add', flag)).toMatchObject({
        exitCode: 2,
        err: expect.stringContaining(said),
      });
  });

  test('lays a failure that never happened over the calls of a day', async () => {
    const failure = ['--outage-at', at('09:00:00'), '--to', at('09:59:00'), '--failover-after', '12m'];
    expect(await asked(...failure)).toMatchObject({ recorded: { cutOff: 0 }, lost: 0, refused: [] });
    // A time without a day is of the day of the failure.
    const { outcome: added } = await asked(
      ...['--outage-at', at('09:00:00'), '--to', at('09:59:00'), '--add', 'initiate-failover@09:12'],
    );
    expect(added.stages.map(({ stage }) => stage)).toEqual(['normal', 'outage', 'failing-over']);
    const { outcome, refused } = await asked(...failure, '--pre-staged');
    expect(refused).toEqual([]);
    expect(outcome.stages.map(({ stage }) => stage)).toEqual([
      'normal',
      'outage',
      'failing-over',
      'failed-over',
    ]);
  });

  test('takes several alternatives from a file, and flags beside them', async () => {
    const file = join(folder, 'alternatives.json');
    const body = { from: at('08:00:00'), alternatives: [{ name: 'as it was', edits: [] }] };
    writeFileSync(file, JSON.stringify(body));
    const { out } = await poolkeeper('what-if', a, '--file', file, '--no-import', '--name', 'not imported');
    expect(out).toMatch(/on record\s+.*as it was\s+.*not imported/);
  });

  test('says what is wrong, and what is not on record', async () => {
    const wrong = await poolkeeper('what-if', a, '--drop', 'no-such-event');
    expect(wrong).toMatchObject({ exitCode: 3, err: expect.stringContaining('/alternatives/0/edits/0') });
    const missing = await poolkeeper('what-if', a, '--drop', 'failback');
    expect(missing).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('There is no FailbackInitiated'),
    });
    const length = await poolkeeper('what-if', a, '--failover-after', 'soon');
    expect(length).toMatchObject({ exitCode: 2, err: expect.stringContaining('such as 12m') });
  });
});
