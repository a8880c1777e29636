import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { copyOfCallStatus } from '../../projections/call-status/state-copy.js';
import {
  effectsBetween,
  effectsOfCorrection,
  type Effects,
  type PairState,
} from '../../projections/effects/effects.js';
import type { PreviewAnswer } from '../../src/contract/preview.js';
import type { EventStore, StoredEvent } from '../../src/store/port.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { textOf } from '../../examples/generator/text-of.js';
import { fc, runs } from '../support/properties.js';
import { ask } from './support/commands.js';
import { entries } from './support/pair.js';
import { preview, toldEvents } from './support/preview.js';
import { founding, histories, play, poolsOfPair } from './support/random-history.js';
import { Service, type Answer, type Ask } from './support/service.js';

const pools = poolsOfPair(1);

/** The pair as it stands, in a copy that stays. */
function pairNow({ poolkeeper }: Service): PairState {
  const { state } = poolkeeper.runner;
  const live = state.viewsOf(state.pairIdOfPool.get(pools[0]) ?? '').callStatus.state;
  const { pair, owners } = copyOfCallStatus(live);
  return { pair, owners, agents: structuredClone([...state.console.state.agents.values()]) };
}

const poolNamed = ({ body }: Ask): string =>
  textOf(body['destination'] ?? body['homePool'] ?? body['pool'] ?? '');

/** What the views say of the same: which copies are seen and changed otherwise, and how many calls are cut off. */
async function views(service: Service): Promise<{
  readonly seen: ReadonlyMap<string, string>;
  readonly changed: ReadonlyMap<string, string>;
  readonly cutOff: number;
}> {
  const toolsOf = async (view: string) => {
    const { objects } = await service.shown(`/v1/pools/${pools[0]}/${view}`);
    return new Map(
      entries(objects).map((one) => [
        `${textOf(one['parent'])} ${textOf(one['kind'])} ${textOf(one['id'])}`,
        JSON.stringify(one['tools']),
      ]),
    );
  };
  const totals = await Promise.all(
    pools.map(async (pool) => (await service.shown(`/v1/pools/${pool}/call-status`))['totals'] as JsonObject),
  );
  const cutOff = totals.reduce((sum, { disconnected }) => sum + Number(disconnected), 0);
  return { seen: await toolsOf('visibility'), changed: await toolsOf('editability'), cutOff };
}

const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key)).sort();

const named = (effects: Effects['visibility'] | Effects['editability']): readonly string[] =>
  effects.map(({ parent, kind, id }) => `${parent} ${kind} ${id}`).sort();

describe('A preview', () => {
  it('of any command stores nothing, and says the events and effects that the command then has', () =>
    fc.assert(
      fc.asyncProperty(histories([1], { withImports: true }), async (history) => {
        const service = await Service.start({ store: openMemoryStore({ clock: () => new Date() }) });
        try {
          await service.given(...founding(1));
          let number = 0;
          let asked: Answer | null = null;
          let before = pairNow(service);
          let viewsBefore = await views(service);
          await play(
            service,
            history,
            async (command, statusOfCommand, body) => {
              const after = pairNow(service);
              if (asked?.status !== 200) {
                expect({ command, status: asked?.status }).toEqual({ command, status: statusOfCommand });
                return;
              }
              const told = JSON.parse(asked.text) as PreviewAnswer;
              expect({ command, outcome: told.outcome }).toEqual({
                command,
                outcome: statusOfCommand === 200 ? 'accepted' : 'refused',
              });
              if (statusOfCommand !== 200) {
                const { rule, because, detail, allowed } = body;
                expect(told).toMatchObject({ rule, because, detail, allowed, events: [] });
              }
              expect({ command, events: told.events }).toEqual({ command, events: toldEvents(body) });
              const { effects } = told;
              expect({ command, effects }).toEqual({
                command,
                effects: effectsBetween(poolNamed(command), before, after),
              });
              const now = await views(service);
              expect(named(effects.visibility)).toEqual(differing(viewsBefore.seen, now.seen));
              expect(named(effects.editability)).toEqual(differing(viewsBefore.changed, now.changed));
              expect(effects.calls.cutOff - (effects.calls.wentOn ?? 0)).toBe(
                now.cutOff - viewsBefore.cutOff,
              );
            },
            async (command) => {
              before = pairNow(service);
              viewsBefore = await views(service);
              const last = await service.poolkeeper.store.lastPosition();
              const headers = { 'idempotency-key': `key-${(number += 1)}` };
              asked = await preview(service, command, headers);
              expect(await service.poolkeeper.store.lastPosition()).toBe(last);
              return headers;
            },
          );
        } finally {
          await service.stop();
        }
      }),
      { numRuns: runs(20) },
    ));

  it('of any correction stores nothing, and says the events and effects that the correction then has', () =>
    fc.assert(
      fc.asyncProperty(histories([1], { withImports: true }), picks, async (history, chosen) => {
        const store = openMemoryStore({ clock: () => new Date() });
        const service = await Service.start({ store });
        try {
          await service.given(...founding(1));
          await play(service, history);
          const last = (await store.lastPosition()) ?? 0n;
          for (const [pick, isRetraction, minutes] of chosen) {
            const upTo = last - (BigInt(pick) % last);
            const event = (await eventsOf(store, upTo)).at(-1);
            if (event === undefined) continue;
            const told = { eventId: event.id, reason: 'A mistake' };
            const occurredAt = new Date(Date.parse(event.recordedAt) - minutes * 60_000).toISOString();
            const command = isRetraction
              ? ask('retract', told)
              : ask('correct-time', { ...told, occurredAt });
            await correctedAsPreviewed(service, command);
          }
        } finally {
          await service.stop();
        }
      }),
      { numRuns: runs(10) },
    ));
});

/** How far back from the end of the log, whether it is retracted, and else to how many minutes before its recording it goes. */
const picks = fc.array(fc.tuple(fc.nat(12), fc.boolean(), fc.nat(2)), { minLength: 3, maxLength: 8 });

async function eventsOf(store: EventStore, upTo: bigint): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of store.readAll({ upTo })) events.push(...page);
  return events;
}

async function correctedAsPreviewed(service: Service, command: Ask): Promise<void> {
  const { store } = service.poolkeeper;
  const before = pairNow(service);
  const viewsBefore = await views(service);
  const end = await store.lastPosition();
  const asked = await preview(service, command);
  expect(await store.lastPosition()).toBe(end);
  const { status, body } = await service.when(command);
  const told = JSON.parse(asked.text) as PreviewAnswer;
  expect({ command, status: asked.status, outcome: told.outcome }).toEqual({
    command,
    status: 200,
    outcome: status === 200 ? 'accepted' : 'refused',
  });
  expect({ command, events: told.events, warnings: told.warnings }).toEqual({
    command,
    events: toldEvents(body),
    warnings: body['warnings'] ?? [],
  });
  const { effects } = told;
  expect({ command, effects }).toEqual({
    command,
    effects: effectsOfCorrection(told.effects.stage?.pool ?? pools[0], before, pairNow(service)),
  });
  const now = await views(service);
  expect(named(effects.visibility)).toEqual(differing(viewsBefore.seen, now.seen));
  expect(named(effects.editability)).toEqual(differing(viewsBefore.changed, now.changed));
  expect(effects.calls.cutOff - (effects.calls.withdrawn ?? 0)).toBe(now.cutOff - viewsBefore.cutOff);
}
