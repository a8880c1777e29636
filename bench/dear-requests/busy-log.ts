import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../events/envelope.js';
import { schemaOf, type PoolkeeperEvent } from '../../events/registry.js';
import { callStream, pairStream } from '../../events/streams.js';
import type { EventStore } from '../../src/store/port.js';

/** Almost the whole log belongs to one pair: what is asked of a pool is as dear as it can be with this many events. */
const pairId = 'p001';
export const primary = 'busy-a.contoso.com';
const backup = 'busy-b.contoso.com';
const workflows = 400;

interface Written {
  readonly stream: string;
  readonly event: PoolkeeperEvent;
}

/** Of eight steps seven are of calls: most of a log is. */
function* busyLog(events: number): Generator<Written, void, undefined> {
  const ofPair = (event: PoolkeeperEvent): Written => ({ stream: pairStream(pairId), event });
  const pools = [
    { fqdn: primary, site: 'Berlin' },
    { fqdn: backup, site: 'Hamburg' },
  ] as const;
  yield ofPair({ type: 'PairRegistered', data: { pairId, pools, readings: {} } });
  let written = 1;
  for (const pool of [primary, backup]) {
    for (let n = 0; n < workflows; n += 1) {
      yield ofPair(created(pool, n));
      written += 1;
    }
  }
  for (let step = 0; written < events; step += 1, written += 1) {
    yield step % 8 === 0
      ? ofPair(edited(step))
      : { stream: callStream(pairId, callOf(step)), event: call(step) };
  }
}

const idOf = (n: number): string => `workflow-${n % workflows}`;

/** Seven steps of a block: three calls arrive, two are connected and end, and the third stays in the queue. */
const arrivals: readonly number[] = [1, 2, 5];
const firstOf = (step: number): number => Math.floor(step / 8) * 3;
const offsets: Readonly<Record<number, number>> = { 1: 0, 2: 1, 3: 0, 4: 1, 5: 2, 6: 0, 7: 1 };
const callOf = (step: number): string => `call-${firstOf(step) + (offsets[step % 8] ?? 0)}`;

function call(step: number): PoolkeeperEvent {
  const callId = callOf(step);
  const within = step % 8;
  if (arrivals.includes(within)) {
    return { type: 'CallArrived', data: { callId, pool: primary, responseGroup: idOf(step) } };
  }
  return within < 5
    ? { type: 'CallConnected', data: { callId, agent: `sip:agent-${step % 20}@contoso.com` } }
    : { type: 'CallEnded', data: { callId } };
}

function created(pool: string, n: number): PoolkeeperEvent {
  const properties = { primaryUri: `sip:${pool}-${n}@contoso.com`, anonymous: n % 4 === 0 };
  const tool = 'managementShell';
  return {
    type: 'ObjectCreated',
    data: { pool, kind: 'workflow', id: idOf(n), name: `Group ${n}`, properties, tool },
  };
}

function edited(step: number): PoolkeeperEvent {
  const properties = { description: `Edited in step ${step}` };
  const tool = 'managementShell';
  const data = { pool: primary, kind: 'workflow', id: idOf(step), properties, name: null, tool } as const;
  return { type: 'ObjectModified', data };
}

/** Appends so many events, a group at a time. */
export async function writeBusyLog(into: EventStore, events: number): Promise<void> {
  let group: Promise<unknown>[] = [];
  for (const { stream, event } of busyLog(events)) {
    group.push(append(into, stream, event));
    if (group.length < 5_000) continue;
    await Promise.all(group);
    group = [];
  }
  await Promise.all(group);
}

async function append(into: EventStore, stream: string, { type, data }: PoolkeeperEvent): Promise<void> {
  const commandId = randomUUID();
  const metadata: JsonObject = {
    actor: 'cdr-collector',
    correlationId: commandId,
    causationId: commandId,
    commandId,
    occurredAt: new Date().toISOString(),
  };
  const { schemaVersion } = schemaOf(type);
  await into.append(
    stream,
    [{ id: randomUUID(), type, schemaVersion, data: data as JsonObject, metadata }],
    'any',
  );
}
