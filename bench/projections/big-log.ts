import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../events/envelope.js';
import { schemaOf, type PoolkeeperEvent } from '../../events/registry.js';
import { agentStream, callStream, pairStream } from '../../events/streams.js';
import type { EventStore } from '../../src/store/port.js';

/** `BENCH_EVENTS` sets another size, for a look in between; at least 100,000. */
const events = Number(process.env['BENCH_EVENTS'] ?? 1_000_000);
/** `BENCH_PAIRS` sets another number: with a tenth of the events a tenth of the pairs leaves as many to each. */
const pairs = Number(process.env['BENCH_PAIRS'] ?? 50);

/** What the log of a year may hold: one million events of 200,000 calls, 50 pairs and 20 incidents. */
export const sizes = { events, calls: events / 5, pairs, incidents: 20 } as const;

const groupsPerPair = 40;
const agentsPerPair = 20;
/** Between two events, in milliseconds. */
const pace = 600;
const beginning = Date.UTC(2026, 0, 1);

/** When the event of a place in the log is recorded. */
export const timeAt = (place: number): Date => new Date(beginning + place * pace);

export const pairIdOf = (pair: number): string => `p${String(pair).padStart(3, '0')}`;
export const primaryOf = (pair: number): string => `pool-${pair}-a.contoso.com`;
export const backupOf = (pair: number): string => `pool-${pair}-b.contoso.com`;
const groupOf = (n: number): string => `workflow-${n % groupsPerPair}`;
const agentOf = (pair: number, n: number): string => `sip:agent-${pair}-${n % agentsPerPair}@contoso.com`;

interface Written {
  readonly stream: string;
  readonly event: PoolkeeperEvent;
}

/** The events in their order: what sets the pairs up, then calls with incidents, edits and sign-ins among them. */
export function* bigLog(): Generator<Written, void, undefined> {
  let written = 0;
  for (const event of [...setUp()]) {
    written += 1;
    yield event;
  }
  const rest = sizes.events - written;
  const callEvents = sizes.calls * 4;
  const others = rest - callEvents - sizes.incidents * stages.length;
  // Every step is a call; the other events are spread evenly among them.
  for (let call = 0; call < sizes.calls + overlap; call += 1) {
    yield* callSteps(call);
    const before = Math.floor((others * call) / (sizes.calls + overlap));
    const after = Math.floor((others * (call + 1)) / (sizes.calls + overlap));
    for (let n = before; n < after; n += 1) yield other(n);
    yield* incidentSteps(call);
  }
}

/** How many calls later a call is answered, handed on and ended. The last is the number of calls that are open at any time. */
const answeredAfter = 1_000;
const handedOnAfter = 2_000;
const overlap = 4_000;

function* callSteps(step: number): Generator<Written, void, undefined> {
  const of = (call: number, event: PoolkeeperEvent): Written => ({
    stream: callStream(pairIdOf(call % sizes.pairs), `call-${call}`),
    event,
  });
  const within = (call: number): boolean => call >= 0 && call < sizes.calls;
  const connected = (call: number, agent: number): Written =>
    of(call, {
      type: 'CallConnected',
      data: { callId: `call-${call}`, agent: agentOf(call % sizes.pairs, agent) },
    });
  if (within(step)) {
    const data = {
      callId: `call-${step}`,
      pool: primaryOf(step % sizes.pairs),
      responseGroup: groupOf(Math.floor(step / sizes.pairs)),
    };
    yield of(step, { type: 'CallArrived', data });
  }
  if (within(step - answeredAfter)) yield connected(step - answeredAfter, step);
  if (within(step - handedOnAfter)) yield connected(step - handedOnAfter, step + 1);
  const ended = step - overlap;
  if (within(ended)) yield of(ended, { type: 'CallEnded', data: { callId: `call-${ended}` } });
}

const stages = [
  'OutageDeclared',
  'FailoverInitiated',
  'FailoverCompleted',
  'FailbackInitiated',
  'FailbackCompleted',
  'IncidentClosed',
] as const;

/** An incident begins after this number of calls, each in another pair, and lasts for half of it. */
const between = Math.floor(sizes.calls / sizes.incidents);

function* incidentSteps(step: number): Generator<Written, void, undefined> {
  const incident = Math.floor(step / between);
  if (incident >= sizes.incidents) return;
  const stageEvery = Math.floor(between / 2 / stages.length);
  const into = step % between;
  const type = into % stageEvery === 0 ? stages[into / stageEvery] : undefined;
  if (type === undefined) return;
  const pair = (incident * 7) % sizes.pairs;
  yield { stream: pairStream(pairIdOf(pair)), event: stageEvent(type, pair) };
}

function stageEvent(type: (typeof stages)[number], pair: number): PoolkeeperEvent {
  const pool = primaryOf(pair);
  switch (type) {
    case 'OutageDeclared':
      return { type, data: { pool, backEndDatabase: 'unknown', reason: 'power', site: null } };
    case 'FailoverInitiated':
      return { type, data: { pool, backup: backupOf(pair), disasterMode: true } };
    case 'FailoverCompleted':
    case 'FailbackCompleted':
      return { type, data: { pool, reason: null } };
    case 'FailbackInitiated':
    case 'IncidentClosed':
      return { type, data: { pool } };
  }
}

/** Edits of workflows, and agents that sign in and out: three of the latter for one of the former. */
function other(n: number): Written {
  const pair = n % sizes.pairs;
  if (n % 4 === 0) {
    const pool = primaryOf(pair);
    const properties = { description: `Edited for the ${n}th time` };
    const data = {
      pool,
      kind: 'workflow',
      id: groupOf(n),
      properties,
      name: null,
      tool: 'managementShell',
    } as const;
    return { stream: pairStream(pairIdOf(pair)), event: { type: 'ObjectModified', data } };
  }
  const agent = agentOf(pair, n);
  const data = { agent, pool: primaryOf(pair), agentGroup: 'first-line' };
  return {
    stream: agentStream(agent),
    event: n % 8 < 4 ? { type: 'AgentSignedIn', data } : { type: 'AgentSignedOut', data },
  };
}

function* setUp(): Generator<Written, void, undefined> {
  for (let pair = 0; pair < sizes.pairs; pair += 1) {
    const stream = pairStream(pairIdOf(pair));
    const [primary, backup] = [primaryOf(pair), backupOf(pair)];
    const pools = [
      { fqdn: primary, site: `Site ${pair % 7}` },
      { fqdn: backup, site: `Site ${(pair + 1) % 7}` },
    ] as const;
    yield {
      stream,
      event: { type: 'PairRegistered', data: { pairId: pairIdOf(pair), pools, readings: {} } },
    };
    for (let n = 0; n < agentsPerPair; n += 1) {
      const agent = agentOf(pair, n);
      yield {
        stream: agentStream(agent),
        event: { type: 'AgentRegistered', data: { agent, homePool: primary } },
      };
    }
    for (const pool of [primary, backup]) {
      yield { stream, event: created(pool, 'agent-group', 'first-line', { participationPolicy: 'Formal' }) };
      for (let n = 0; n < groupsPerPair; n += 1) {
        const properties = { primaryUri: `sip:group-${pair}-${n}@contoso.com`, anonymous: n % 4 === 0 };
        yield { stream, event: created(pool, 'workflow', groupOf(n), properties) };
      }
    }
  }
}

const created = (
  pool: string,
  kind: 'workflow' | 'agent-group',
  id: string,
  properties: JsonObject,
): PoolkeeperEvent => ({
  type: 'ObjectCreated',
  data: { pool, kind, id, name: `${id} of ${pool}`, properties, tool: 'managementShell' },
});

/** The clock of a store into which the log is written: nothing is recorded before it happened. */
export class ClockOfLog {
  place = 0;
  readonly now = (): Date => timeAt(this.place);
}

/** Writes the log; answers how many events it has. */
export async function writeBigLog(into: EventStore, clock: ClockOfLog): Promise<number> {
  let group: Promise<unknown>[] = [];
  for (const { stream, event } of bigLog()) {
    group.push(append(into, stream, event, timeAt(clock.place)));
    clock.place += 1;
    if (group.length < 2_000) continue;
    await Promise.all(group);
    group = [];
  }
  await Promise.all(group);
  return clock.place;
}

async function append(
  into: EventStore,
  stream: string,
  { type, data }: PoolkeeperEvent,
  at: Date,
): Promise<void> {
  const commandId = randomUUID();
  const metadata: JsonObject = {
    actor: 'cdr-collector',
    correlationId: commandId,
    causationId: commandId,
    commandId,
    occurredAt: at.toISOString(),
  };
  const { schemaVersion } = schemaOf(type);
  await into.append(
    stream,
    [{ id: randomUUID(), type, schemaVersion, data: data as JsonObject, metadata }],
    'any',
  );
}
