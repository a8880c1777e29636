import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { NO_HASH, seal } from '../../src/store/hash-chain.js';
import { openMemoryStore } from '../../src/store/memory.js';
import type { EventStore, StoredEvent } from '../../src/store/port.js';
import { InProcessServer } from '../store/eventstoredb/server/server.js';
import { readLog } from '../store/support/checks.js';
import { ask, callArrives, createWorkflow, declareOutage, registerPair } from './support/commands.js';
import { storeOn } from './support/instances.js';
import { Service } from './support/service.js';

const pool = 'pool1.contoso.com';
const views = ['', '/visibility', '/editability', '/call-status', '/calls', '/exports', '/audit-trail'];

/** What two instances wrote in turn, of which the one that took the calls was two seconds ahead. */
async function logOfTwoClocks(): Promise<readonly StoredEvent[]> {
  let now = Date.parse('2026-11-24T10:00:00.000Z');
  const clock = (): Date => new Date((now += 100));
  const store = openMemoryStore({ clock });
  const service = await Service.start({ store, clock });
  await service.given(registerPair(pool, 'pool2.contoso.com'), createWorkflow(pool, 'help-desk'));
  for (const [round, name] of [
    'initiate-failover',
    'complete-failover',
    'failback',
    'complete-failback',
  ].entries()) {
    await service.given(
      callArrives(`call-${round}`, pool, 'help-desk'),
      round === 0 ? declareOutage(pool) : callArrives(`again-${round}`, pool, 'help-desk'),
      ask(name, { pool }),
      callArrives(`late-${round}`, pool, 'help-desk'),
    );
  }
  const log = await readLog(store);
  await service.stop();
  return skewed(log);
}

function skewed(log: readonly StoredEvent[]): readonly StoredEvent[] {
  const hashes = new Map<string, string>();
  return log.map((event) => {
    const { id, type, schemaVersion, data, stream, revision, position } = event;
    const ahead = stream.startsWith('call-') ? 2_000 : 0;
    const recordedAt = new Date(Date.parse(event.recordedAt) + ahead).toISOString();
    const { hash: _hash, ...rest } = event.metadata;
    const metadata = { ...rest, recordedAt };
    const shifted = { id, type, schemaVersion, data, stream, revision, position, recordedAt };
    const hash = seal({ ...shifted, metadata }, hashes.get(stream) ?? NO_HASH);
    hashes.set(stream, hash);
    return { ...shifted, metadata: { ...metadata, hash } };
  });
}

describe('A log that two instances wrote whose clocks differ by two seconds', () => {
  const server = new InProcessServer();
  let log: readonly StoredEvent[];
  let moments: readonly string[];
  let services: readonly Service[];
  let stores: readonly EventStore[];
  beforeAll(async () => {
    await server.start();
    log = await logOfTwoClocks();
    moments = [...new Set(log.map(({ recordedAt }) => recordedAt))].sort();
    const embedded = openMemoryStore({ clock: () => new Date() });
    stores = [embedded, storeOn(server), storeOn(server)];
    for (const store of stores.slice(0, 2)) await store.restore(log);
    services = await Promise.all(stores.map((store) => Service.start({ store })));
    for (const service of services) await service.caughtUp();
  });
  afterAll(async () => {
    for (const service of services) await service.stop();
    server.stop();
  });

  const shownAt = (service: Service, moment: string): Promise<readonly JsonObject[]> =>
    Promise.all(views.map((view) => service.shown(`/v1/pools/${pool}${view}?asOf=${moment}`)));

  it('goes back in time', () => {
    expect(log.some(({ recordedAt }, index) => recordedAt < (log[index - 1]?.recordedAt ?? ''))).toBe(true);
  });

  it('shows all views of one moment at one position, that before the first later event', async () => {
    for (const [index, service] of services.entries()) {
      const positions = (await readLog(stores[index] as EventStore)).map(({ position }) => position);
      for (const moment of moments) {
        const later = log.findIndex(({ recordedAt }) => recordedAt > moment);
        const position = positions.at(later < 0 ? -1 : later - 1) ?? 0n;
        const shown = await shownAt(service, moment);
        expect(shown.map((view) => [moment, view['position']])).toEqual(
          views.map(() => [moment, String(position)]),
        );
        const stages = shown.flatMap(({ stage }) => (stage === undefined ? [] : [stage]));
        expect(new Set(stages).size).toBe(1);
      }
    }
  });

  it('shows the same on every instance and every kind of store, and still when more was appended', async () => {
    const placed = ({ position: _position, ...content }: JsonObject): JsonObject => content;
    const [embedded, one, other] = services as [Service, Service, Service];
    const past = moments.slice(0, -1);
    const before = await Promise.all(past.map((moment) => shownAt(one, moment)));
    for (const [index, moment] of past.entries()) {
      expect(await shownAt(other, moment)).toEqual(before[index]);
      const withoutPositions = (all: readonly JsonObject[] = []): string =>
        JSON.stringify(all.map(placed)).replace(/"(position|next)":"\d+"/g, '"$1":""');
      expect(withoutPositions(await shownAt(embedded, moment))).toEqual(withoutPositions(before[index]));
    }
    await one.given(callArrives('later', pool, 'help-desk'));
    await other.given(callArrives('last', pool, 'help-desk'));
    for (const [index, moment] of past.entries()) expect(await shownAt(one, moment)).toEqual(before[index]);
  });
});
