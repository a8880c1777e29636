import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleFile, fileText, generateDay, type Day } from '../../examples/generator/day.js';
import { exampleReport } from '../../examples/generator/report.js';
import { exampleExport } from '../../examples/generator/exports.js';
import type { Answer, Client, CommandHeaders } from '../../src/cli/client.js';
import { parseLines } from '../../src/cli/play/line.js';
import { Player } from '../../src/cli/play/player.js';
import type { Tally } from '../../src/cli/play/tally.js';
import { readExport } from '../../src/rgs-export/read-export.js';
import type { WhatIfAnswer } from '../../src/contract/what-if.js';
import {
  anonymousWorkflows,
  at,
  callsIn,
  talksAt,
  waitsAt,
  workflowsBefore,
  type CountedCall,
} from './hand-count.js';
import { startService, type Service } from '../cli/support/service.js';

const berlin = 'pool-berlin.contoso.com';
const hamburg = 'pool-hamburg.contoso.com';

/** The service without the network in between, which would take most of the time. */
class DirectClient implements Pick<Client, 'command' | 'view'> {
  constructor(private readonly service: Service) {}

  async command(name: string, body: object, headers: CommandHeaders = {}): Promise<Answer> {
    const { actor = '', idempotencyKey = '' } = headers;
    return await this.answer('POST', `/v1/commands/${name}`, body, {
      'x-actor': actor,
      'idempotency-key': idempotencyKey,
    });
  }

  async view(path: string): Promise<Answer> {
    return await this.answer('GET', path, undefined);
  }

  private async answer(
    method: 'GET' | 'POST',
    url: string,
    payload: object | undefined,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const given = { method, url, headers, ...(payload === undefined ? {} : { payload }) };
    const { statusCode, body } = await this.service.application.inject(given);
    return { status: statusCode, text: body, retryAfter: null };
  }
}

interface CallStatus {
  readonly stage: string;
  readonly totals: Readonly<
    Record<'inProgress' | 'connected' | 'ended' | 'disconnected' | 'reported', number>
  > & {
    readonly disconnectedByStatement: Readonly<Record<string, number>>;
  };
}

const committed = readFileSync(exampleFile, 'utf8');
const lines = parseLines(committed);

describe('the generator', () => {
  let day: Day;
  beforeAll(async () => {
    day = await generateDay();
  });

  test('gives the committed example, byte for byte', () => {
    expect(fileText(day.lines) === committed).toBe(true);
  });

  test('gives the committed report of its outage', () => {
    for (const format of ['html', 'markdown'] as const)
      expect([format, readFileSync(exampleReport(format), 'utf8') === day.report[format]]).toEqual([
        format,
        true,
      ]);
  });

  test('gives the committed exports, which hold what the night exported', async () => {
    expect(day.exports.map(({ fileName }) => fileName)).toEqual([
      'berlin-2026-11-17.zip',
      'hamburg-2026-11-17.zip',
    ]);
    for (const { fileName, description } of day.exports) {
      const { objects, applicationSettings, audio, findings } = await readExport(exampleExport(fileName));
      expect(objects).toEqual(description.objects.map((object) => ({ ...object, unknownProperties: {} })));
      expect(applicationSettings).toEqual(description.applicationSettings);
      expect(findings).toEqual([]);
      expect(audio.every(({ bytes }) => bytes !== null)).toBe(true);
    }
  });
});

describe('the example, played', () => {
  let service: Service;
  let client: DirectClient;
  let first: Tally;

  const play = async (): Promise<Tally> => {
    const progress = { reached: () => undefined, stages: () => undefined, done: () => undefined };
    const pace = { until: async () => undefined };
    return await new Player({ client, pace, progress, fileName: 'example.ndjson', inFlight: 64 }).play(lines);
  };
  const view = async <Body>(path: string): Promise<Body> =>
    JSON.parse((await client.view(path)).text) as Body;
  const callStatus = async (pool: string): Promise<CallStatus> => await view(`/v1/pools/${pool}/call-status`);

  beforeAll(async () => {
    service = await startService();
    client = new DirectClient(service);
    first = await play();
  });
  afterAll(async () => await service.stop());

  test('every line comes out as the file says', () => {
    expect(first.surprises).toEqual([]);
    expect(first.refusedAsExpected).toBe(lines.filter((line) => line.expect === 'refused').length);
    expect(first.refusedAsExpected).toBeGreaterThan(8);
  });

  test('in the end both pools are back to normal', async () => {
    for (const pool of [berlin, hamburg]) expect((await callStatus(pool)).stage).toBe('normal');
    const { objects } = await view<{ objects: readonly { ownership: string }[] }>(
      `/v1/pools/${berlin}/visibility`,
    );
    expect(objects.filter(({ ownership }) => ownership === 'imported')).toEqual([]);
  });

  test('every call that was reported stands somewhere, and none is left open', async () => {
    const reported = lines.filter((line) => line.command === 'report-call-arrived').length;
    const [one, other] = [(await callStatus(berlin)).totals, (await callStatus(hamburg)).totals];
    for (const totals of [one, other]) {
      expect(totals.inProgress + totals.connected).toBe(0);
      expect(totals.ended + totals.disconnected).toBe(totals.reported);
    }
    expect(one.reported + other.reported).toBe(reported);
    expect(reported).toBeGreaterThan(4_800);
  });

  test('calls were cut off under many statements, and only in Berlin', async () => {
    const { disconnected, disconnectedByStatement } = (await callStatus(berlin)).totals;
    for (const statement of [
      'outage/connected-calls/2',
      'outage/in-progress-calls/1',
      'outage/new-calls/1',
      'failing-over/in-progress-calls/1',
      'failing-over/new-calls/1',
      'failed-over/new-calls/1',
      'failing-back/in-progress-calls/2',
    ]) {
      expect([statement, disconnectedByStatement[statement] ?? 0]).not.toEqual([statement, 0]);
    }
    expect(Object.values(disconnectedByStatement).reduce((sum, calls) => sum + calls, 0)).toBe(disconnected);
    expect((await callStatus(hamburg)).totals.disconnected).toBe(0);
  });

  test('no call was reported as connected after it was cut off', async () => {
    const connected = lines.filter(
      (line) => line.command === 'report-call-connected' && line.number % 50 === 0,
    );
    for (const { body } of connected) {
      const { history } = await view<{ history: readonly { contradicted: boolean }[] }>(
        `/v1/calls/${String(body['callId'])}`,
      );
      expect(history.filter(({ contradicted }) => contradicted)).toEqual([]);
    }
  });

  describe('asked what if', () => {
    const stretch = { from: '2026-11-17T00:00:00+01:00', to: '2026-11-17T23:59:59+01:00' };
    const whatIf = async (edits: readonly object[], more: object = {}) => {
      const body = { ...stretch, alternatives: [{ name: 'one', edits }], ...more };
      const { text, status } = await client.command(`../pools/${berlin}/what-if`, body);
      if (status !== 200) throw new Error(text);
      const { recorded, alternatives } = JSON.parse(text) as WhatIfAnswer;
      const [alternative] = alternatives;
      if (alternative === undefined) throw new Error('There is no alternative.');
      return { recorded, ...alternative };
    };
    const importIntoHamburg = async (): Promise<string> => {
      const path = `/v1/pools/${berlin}/audit-trail?type=ResponseGroupsImported`;
      const { entries } = await view<{ entries: readonly { id: string }[] }>(path);
      return entries[0]?.id ?? '';
    };
    const calls = callsIn(committed).filter(({ pool }) => pool === berlin);
    // The night's export holds these; the Recall Hotline was made too late for it.
    const imported = workflowsBefore(committed, berlin, at('01:00:00'));
    const arrivals = (from: number, to: number): readonly CountedCall[] =>
      calls.filter(({ group, arrived }) => imported.has(group) && arrived > from && arrived < to);
    const [outage, importing, failback] = [at('10:18:20'), at('10:36:30'), at('14:05:00')];

    test('nothing, it tells what is on record', async () => {
      const { recorded, outcome, saved, lost, contradicted, refused } = await whatIf([]);
      const { totals } = await callStatus(berlin);
      expect(recorded).toMatchObject({ cutOff: 456, byStatement: totals.disconnectedByStatement });
      expect(outcome).toEqual(recorded);
      expect({ saved, lost, contradicted, refused }).toEqual({
        saved: 0,
        lost: 0,
        contradicted: [],
        refused: [],
      });
      expect(recorded.overTime.reduce((sum, part) => sum + part.calls, 0)).toBe(456);
      expect(recorded.byResponseGroup[0]).toMatchObject({
        name: 'Recall Hotline',
        owner: berlin,
        calls: 195,
      });
    });

    test('the import had come at 10:25, each call is saved that arrived after that and before it did come: 135', async () => {
      // One call arrives at 10:25:00 sharp: it is on record before the import, and so comes first.
      const counted = arrivals(at('10:25:00'), importing);
      expect(counted).toHaveLength(135);
      const edits = [{ move: { event: await importIntoHamburg(), to: '2026-11-17T10:25:00+01:00' } }];
      const { saved, lost, outcome, contradicted } = await whatIf(edits);
      expect({ saved, lost, contradicted }).toEqual({ saved: 135, lost: 0, contradicted: [] });
      expect(outcome).toMatchObject({ cutOff: 456 - 135, undetermined: 135, reachedBackup: 135 });
    });

    test('the groups had been there before the outage, 209 more callers reach Hamburg', async () => {
      expect(arrivals(outage, importing)).toHaveLength(209);
      const edits = [{ move: { event: await importIntoHamburg(), to: '2026-11-17T10:18:00+01:00' } }];
      const { saved, lost, outcome } = await whatIf(edits);
      expect({ saved, lost }).toEqual({ saved: 209, lost: 0 });
      expect(outcome).toMatchObject({ cutOff: 456 - 209, undetermined: 209, reachedBackup: 209 });
      // Had they waited on, the failover would have met them: those that wait when it begins are cut off.
      const waiting = await whatIf(edits, { assume: 'still-waiting' });
      expect(waiting.saved).toBe(0);
      expect(waiting.outcome.cutOff).toBe(456);
    });

    test('nothing had been imported, all who came until failback are lost but those whom the record cuts off: 980', async () => {
      const [again, failed] = [at('10:52:00'), at('10:46:30')];
      const stages = [at('10:41:00'), failed, again, failback, at('14:38:10')];
      const anonymous = anonymousWorkflows(committed);
      const isCutOff = (call: CountedCall): boolean =>
        stages.some((began) => waitsAt(call, began)) ||
        (anonymous.has(call.group) && stages.slice(0, 3).some((began) => talksAt(call, began)));
      const counted = arrivals(importing, failback).filter((call) => !isCutOff(call));
      expect(counted).toHaveLength(980);
      const {
        saved,
        lost,
        outcome,
        contradicted,
        moreContradicted = 0,
      } = await whatIf([{ drop: { event: await importIntoHamburg() } }]);
      expect({ saved, lost }).toEqual({ saved: 0, lost: 980 });
      expect(outcome).toMatchObject({ cutOff: 456 + 980, undetermined: 0, reachedBackup: 0 });
      // Nearly all of them were answered and ended.
      expect(contradicted.length + moreContradicted).toBeGreaterThan(1_500);
    });

    test('it changes nothing', async () => {
      const before = await service.poolkeeper.store.lastPosition();
      await whatIf([{ drop: { event: await importIntoHamburg() } }]);
      expect(await service.poolkeeper.store.lastPosition()).toBe(before);
    });
  });

  test('playing it again changes nothing, and the log is whole', async () => {
    const before = await service.poolkeeper.store.lastPosition();
    expect(await play()).toEqual(first);
    expect(await service.poolkeeper.store.lastPosition()).toBe(before);
    expect(await service.poolkeeper.store.verify()).toMatchObject({ broken: null });
  });
});
