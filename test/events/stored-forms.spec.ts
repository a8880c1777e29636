import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { deployment } from '../../examples/generator/export-file/deployment.js';
import { exportFile } from '../../examples/generator/export-file/export-file.js';
import { eventTypes } from '../../events/registry.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import type { EventToAppend } from '../../src/store/port.js';
import { ask, callArrives, callConnects, callEnds } from '../http/support/commands.js';
import { entries, Pair } from '../http/support/pair.js';
import { until } from '../store/support/checks.js';
import { Service } from '../http/support/service.js';
import { text } from '../support/text.js';
import { everyEvent } from './every-event.js';
import { filesStory } from './files-story.js';

/** One payload of each type, as existing logs have it. A difference needs a new schema version and an upcaster. */
const golden = readFileSync(join(import.meta.dirname, 'golden.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly type: string });

/** Payloads with fields that are absent where nobody gave them. */
const goldenWithMore = readFileSync(join(import.meta.dirname, 'golden-optional.ndjson'), 'utf8')
  .trim()
  .split('\n');

/** The same of what files say, and of what they change. */
const goldenOfFiles = readFileSync(join(import.meta.dirname, 'golden-files.ndjson'), 'utf8')
  .trim()
  .split('\n');

const clock = () => new Date('2026-11-24T03:00:00Z');

function stored(type: string, schemaVersion: number, data: JsonObject): EventToAppend {
  const metadata = {
    actor: 'kim',
    correlationId: 'c',
    causationId: 'c',
    commandId: 'c',
    occurredAt: '2026-11-24T02:58:00.000Z',
  };
  return { id: '11111111-2222-8333-8444-555555555555', type, schemaVersion, data, metadata };
}

/** Values that differ from run to run, or with the version of a projection, are not part of the form. */
function ofItsDay(type: string): JsonObject {
  if (type.startsWith('DeadLetter')) return { position: '34', version: 1, deadLetter: 'its id' };
  return type === 'EventRetracted' || type === 'EventTimeCorrected' ? { eventId: 'its id' } : {};
}

/** A pool that owns nothing fails, and does not come back. */
const lost = { pool: 'pool-h.contoso.com' };
const givenUp = [
  ask('register-pair', { pools: [{ fqdn: lost.pool }, { fqdn: 'pool-i.contoso.com' }] }),
  ask('declare-outage', lost),
  ask('initiate-failover', lost),
  ask('complete-failover', lost),
  ask('unpair', lost),
];

let table: MemoryTable;
let service: Service;
let pair: Pair;
let pairStream: string;
beforeEach(async () => {
  table = new MemoryTable();
  service = await Service.start({ clock, store: openMemoryStore({ clock, table }) });
  pair = await Pair.registered(service);
  const { pairId } = await service.shown(`/v1/pools/${pair.primary}`);
  pairStream = `pair-${text(pairId)}`;
});
afterEach(() => service.stop());

async function restartedAfter(stream: string, event: EventToAppend): Promise<Service> {
  await service.poolkeeper.runner.stop();
  await service.poolkeeper.store.append(stream, [event], 'any');
  return await Service.start({ clock, store: openMemoryStore({ clock, table }) });
}

describe('An outage that an early version of the service recorded', () => {
  it('is shown with an unknown back-end database, live, as of then and in the audit trail', async () => {
    const outage = stored('OutageDeclared', 1, { pool: pair.primary, reason: 'Storm' });
    const restarted = await restartedAfter(pairStream, outage);
    const expected = { stage: 'outage', since: '2026-11-24T02:58:00.000Z', backEndDatabase: 'unknown' };
    const url = `/v1/pools/${pair.primary}`;
    expect(await restarted.shown(url)).toMatchObject(expected);
    const position = String(await restarted.poolkeeper.store.lastPosition());
    expect(await restarted.shown(`${url}?asOf=${position}`)).toMatchObject(expected);
    expect(await restarted.shown(`${url}/audit-trail?type=OutageDeclared`)).toMatchObject({
      entries: [{ data: { pool: pair.primary, backEndDatabase: 'unknown', reason: 'Storm', site: null } }],
    });
    expect(await restarted.shown(`${url}/visibility`)).toMatchObject({
      objects: expect.arrayContaining([
        expect.objectContaining({
          id: pair.regular,
          tools: expect.objectContaining({ controlPanel: 'depends' }),
        }),
      ]) as never,
    });
    await restarted.given(ask('initiate-failover', { pool: pair.primary }));
    expect(await restarted.shown('/v1/verification')).toMatchObject({ whole: true });
    await restarted.stop();
  });
});

describe('A log that holds what this version does not know', () => {
  it.each([
    ['PoolPainted', 1, /unknown type "PoolPainted"/],
    ['FailoverInitiated', 7, /FailoverInitiated in schema version 7.*reads 1 to 1/],
  ])(
    'of the type %s, version %d: the service starts, and says so of the pair',
    async (type, version, reason) => {
      const restarted = await restartedAfter(pairStream, stored(type, version, { pool: pair.primary }));
      expect(await restarted.shown(`/v1/pools/${pair.primary}`)).toMatchObject({
        stage: 'normal',
        parked: { reason: expect.stringMatching(reason) as unknown },
      });
      await restarted.stop();
    },
  );

  it('makes a running service say so in its health', async () => {
    await service.poolkeeper.store.append(pairStream, [stored('PoolPainted', 1, {})], 'any');
    await until(() => service.poolkeeper.letters.list().length >= 5);
    expect(await service.get('/health')).toMatchObject({
      status: 200,
      body: { details: { views: { status: 'up', deadLetters: 5 } } },
    });
  });
});

describe('The stored form of every event', () => {
  it('has the fields that may be absent as existing logs have them', async () => {
    const reason = 'False alarm';
    const of = (command: string) => ask(command, { pool: pair.primary, reason });
    await service.given(
      ...givenUp,
      ask('register-pair', {
        pools: [{ fqdn: 'pool-y.contoso.com' }, { fqdn: 'pool-z.contoso.com' }],
        version: '2019',
      }),
      of('declare-outage'),
      of('initiate-failover'),
      of('complete-failover'),
      of('failback'),
      of('complete-failback'),
      of('close-incident'),
      of('declare-outage'),
      ask('report-back-end-database', { pool: pair.primary, state: 'available', reason }),
      of('end-outage'),
      callArrives('cut-off', pair.primary, pair.regular),
      ask('declare-outage', { pool: pair.primary, occurredAt: '2026-11-24T02:00:00Z' }),
      callConnects('cut-off', pair.agentOfPrimary),
      callEnds('cut-off'),
      ask('end-outage', { pool: pair.primary, occurredAt: '2026-11-24T02:10:00Z' }),
      callArrives('ended', pair.primary, pair.regular),
      ask('declare-outage', { pool: pair.primary, occurredAt: '2026-11-24T02:00:00Z' }),
      ask('end-outage', { pool: pair.primary, occurredAt: '2026-11-24T02:10:00Z' }),
      callEnds('ended'),
      ask('declare-outage', { pool: pair.primary, reason: 'Practice', drill: true }),
      of('end-outage'),
      ask('report-service-stopped', { pool: pair.primary, service: 'LanmanServer' }),
      ask('move-agent', { agent: pair.agentOfPrimary, homePool: pair.backup, force: true }),
      ask('initiate-failover', { pool: pair.primary, drill: true }),
      ask('set-targets', { pool: pair.primary, recoveryTime: 60_000 }),
      ask('tick-step', { pool: pair.primary, step: 'central-management', note: 'Settled' }),
      ask('annotate-incident', { pool: pair.primary, text: 'Alarms', at: '2026-11-24T02:30:00Z' }),
    );
    const { body } = await service.when(ask('declare-outage', { pool: pair.backup }));
    const [mistaken] = body['events'] as readonly { readonly id: string }[];
    const eventId = mistaken?.id ?? '';
    await service.given(
      ask('retract', { eventId, reason: 'The wrong pool' }),
      ask('set-replication', { pool: pair.primary, enabled: true }),
      ask('report-replication', {
        pool: pair.primary,
        state: 'NonSteadyState',
        importState: 'NormalState',
      }),
    );
    const written = table.rows.map(({ type, schemaVersion, data }) => ({
      type,
      schemaVersion,
      data: JSON.parse(data) as JsonObject,
    }));
    const names: Readonly<Record<string, string>> = {
      'its id': eventId,
      '17ded43c4034-7': `${pairStream.slice('pair-'.length)}-7`,
      'pool-a.contoso.com': pair.primary,
      'pool-b.contoso.com': pair.backup,
      '17ded43c4034-6': `${pairStream.slice('pair-'.length)}-6`,
      'help-desk': pair.regular,
      'sip:kim@contoso.com': pair.agentOfPrimary,
    };
    const ofThisPair = (_key: string, value: unknown): unknown =>
      typeof value === 'string' ? (names[value] ?? value) : value;
    for (const line of goldenWithMore) {
      expect(written).toContainEqual(JSON.parse(line, ofThisPair));
    }
  });

  it('of a file that was read says when it was written, under these names', async () => {
    const payload = exportFile({
      ...deployment({ workflows: 1, audioFiles: 0, pool: pair.primary }),
      wall: '2026-11-24T03:00:00',
    });
    const answer = await service.send({
      method: 'PUT',
      url: `/v1/pools/${pair.primary}/exports/night.zip`,
      headers: { 'content-type': 'application/zip' },
      payload,
    });
    expect(answer).toMatchObject({ status: 200 });
    const row = table.rows.find(({ type }) => type === 'ResponseGroupsExported');
    expect(JSON.parse(row?.data ?? '{}')).toMatchObject({
      file: { writtenAt: '2026-11-24T03:00:00.000Z', writtenAtFrom: 'entry-dates' },
    });
  });

  it('of files has the fields that may be absent as existing logs have them', async () => {
    const table = new MemoryTable();
    const recording = await Service.start({ clock, store: openMemoryStore({ clock, table }) });
    await filesStory(recording);
    const exportIds = new Set<unknown>();
    const ofTheRun: JsonObject = { contentHash: 'its hash', bytes: 1, detail: 'its words' };
    const ofAnyRun = (key: string, value: unknown): unknown => {
      if (key === 'exportId') exportIds.add(value);
      if (key === 'exportId') return `export ${[...exportIds].indexOf(value) + 1}`;
      return key in ofTheRun ? ofTheRun[key] : value;
    };
    const written = table.rows.map(({ type, schemaVersion, data }) => ({
      type,
      schemaVersion,
      data: JSON.parse(data, ofAnyRun) as JsonObject,
    }));
    for (const line of goldenOfFiles) expect(written).toContainEqual(JSON.parse(line));
    await recording.stop();
  });

  it('is unchanged: a renamed field would not be read from existing logs', async () => {
    const table = new MemoryTable();
    const recording = await Service.start({ clock, store: openMemoryStore({ clock, table }) });
    await everyEvent(recording);
    const seen = new Map<string, unknown>();
    const isOurs = ({ type }: { readonly type: string }): boolean =>
      eventTypes.some((known) => known === type);
    for (const { type, schemaVersion, data } of table.rows.filter(isOurs)) {
      const payload = JSON.parse(data) as JsonObject;
      // The stored answer is the API's, with times and ids of the run.
      const form = { ...payload, ...(type === 'CommandAnswered' ? { answer: {} } : {}), ...ofItsDay(type) };
      if (!seen.has(type)) seen.set(type, { type, schemaVersion, data: form });
    }
    expect([...seen.values()]).toEqual(golden);
    expect([...seen.keys()].sort()).toEqual([...eventTypes].sort());
    await recording.stop();
  });

  it('carries who, why and when beside the payload', async () => {
    await service.given(ask('declare-outage', { pool: pair.primary }));
    const row = table.rows.at(-1);
    expect(Object.keys(JSON.parse(row?.metadata ?? '{}') as object).sort()).toEqual([
      'actor',
      'causationId',
      'commandId',
      'correlationId',
      'occurredAt',
      'recordedAt',
      'schemaVersion',
    ]);
    const { entries: trail } = await service.shown(`/v1/pools/${pair.primary}/audit-trail`);
    expect(entries(trail).at(-1)).toMatchObject({ schemaVersion: 2, type: 'OutageDeclared' });
  });
});
