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

  test('playing it again changes nothing, and the log is whole', async () => {
    const before = await service.poolkeeper.store.lastPosition();
    expect(await play()).toEqual(first);
    expect(await service.poolkeeper.store.lastPosition()).toBe(before);
    expect(await service.poolkeeper.store.verify()).toMatchObject({ broken: null });
  });
});
