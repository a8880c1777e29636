/** What holds of every what-if, for any history, on every store. */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { fc, runs } from '../support/properties.js';
import { mediumOf, mediumsOfRun } from './support/mediums.js';
import { entries } from './support/pair.js';
import { commandOf, founding, histories, poolsOfPair, type Step } from './support/random-history.js';
import { Service, type Ask } from './support/service.js';

const [one, other] = poolsOfPair(1);
const began = Date.parse('2026-10-05T08:00:00.000Z');
const views = [one, other].flatMap((pool) =>
  ['visibility', 'editability', 'call-status', 'calls', 'configuration', 'incidents', 'audit-trail'].map(
    (view) => `/v1/pools/${pool}/${view}`,
  ),
);

interface Told {
  readonly service: Service;
  /** The command of a step, as it would be given a minute later. */
  readonly next: (step: Step) => Promise<Ask>;
  readonly tell: (step: Step) => Promise<void>;
  readonly now: () => string;
}

async function on(kind: (typeof mediumsOfRun)[number], work: (told: Told) => Promise<void>): Promise<void> {
  const times = { now: began };
  const clock = (): Date => new Date(times.now);
  const medium = await mediumOf(kind);
  const service = await Service.start({ clock, store: await medium.open(clock) });
  const exportIds: string[] = [];
  const next = async (step: Step): Promise<Ask> => {
    times.now += 60_000;
    return await commandOf(service, step, exportIds);
  };
  try {
    for (const command of founding(1)) {
      times.now += 1_000;
      await service.given(command);
    }
    await work({
      service,
      next,
      now: () => new Date(times.now).toISOString(),
      tell: async (step) => {
        const command = await next(step);
        const { body } = await service.when(command);
        if (typeof body['exportId'] === 'string') exportIds.push(body['exportId']);
        await service.caughtUp();
      },
    });
  } finally {
    await service.stop();
    medium.release();
  }
}

const whatIf = async ({ service }: Told, alternatives: readonly unknown[], more: JsonObject) =>
  await service.send({
    method: 'POST',
    url: `/v1/pools/${one}/what-if`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    payload: JSON.stringify({ from: new Date(began).toISOString(), alternatives, ...more }),
  });

/** All but what the record does not know. */
const known = (outcome: unknown): unknown => {
  const { undetermined: _undetermined, reachedBackup: _reached, ...rest } = outcome as JsonObject;
  return rest;
};

/** The ids of the events that are recorded of the pair after a position. */
async function idsAfter({ service }: Told, position: bigint): Promise<readonly string[]> {
  const { entries: trail } = await service.shown(`/v1/pools/${one}/audit-trail?order=newest&limit=50`);
  return (
    entries(trail)
      .filter((entry) => BigInt(textOf(entry['position'])) > position && entry['type'] !== 'CommandRefused')
      .map(({ id }) => textOf(id))
      // What is derived of an event has an entry as well, below that of the event.
      .filter((id) => !id.includes('/'))
  );
}

const anyEdit = fc.record({
  pick: fc.nat(40),
  minutes: fc.nat(40),
  kind: fc.constantFrom('drop', 'move', 'add', 'reading'),
  command: fc.constantFrom(
    'declare-outage',
    'initiate-failover',
    'complete-failover',
    'failback',
    'record-export',
  ),
});

describe.each(mediumsOfRun)('For every history, on the store "%s"', (kind) => {
  it('a what-if without edits is the record, and dropping what a command recorded restores it', () =>
    fc.assert(
      fc.asyncProperty(histories([1], { withImports: true }), (history) =>
        on(kind, async (told) => {
          const { service } = told;
          for (const step of history.slice(0, -1)) await told.tell(step);
          const nothing = [{ name: 'nothing', edits: [] }];
          const asked = { to: told.now(), assume: 'still-waiting' };
          const before = await whatIf(told, nothing, asked);
          expect(before.status).toBe(200);
          expect(entries(before.body['alternatives'])).toMatchObject([
            { outcome: before.body['recorded'], saved: 0, lost: 0, contradicted: [], visibilityOverTime: [] },
          ]);
          const position = (await service.poolkeeper.store.lastPosition()) ?? 0n;
          // What the last step records happens within the span.
          const { name, body } = await told.next(history.at(-1) ?? { onwards: one });
          await service.when({ name, body: { ...body, occurredAt: asked.to } });
          await service.caughtUp();
          const ids = await idsAfter(told, position);
          const edits = ids.map((event) => ({ drop: { event } }));
          const after = await whatIf(told, [{ name: 'without', edits }], asked);
          expect({ name, ids, status: after.status, errors: after.body['errors'] ?? [] }).toEqual({
            name,
            ids,
            status: 200,
            errors: [],
          });
          expect(known(entries(after.body['alternatives'])[0]?.['outcome'])).toEqual(
            known(before.body['recorded']),
          );
        }),
      ),
      { numRuns: runs(12) },
    ));

  it('a what-if, answered or refused, stores nothing and changes no answer as of a moment that is over', () =>
    fc.assert(
      fc.asyncProperty(
        histories([1], { withImports: true }),
        fc.array(anyEdit, { minLength: 1, maxLength: 6 }),
        (history, edits) =>
          on(kind, async (told) => {
            const { service, now } = told;
            for (const step of history) await told.tell(step);
            const last = await service.poolkeeper.store.lastPosition();
            const half = String((last ?? 2n) / 2n);
            const shown = async () => {
              const answers = new Map<string, string>();
              for (const url of views)
                for (const asOf of [half, String(last)])
                  answers.set(`${url} ${asOf}`, (await service.get(`${url}?asOf=${asOf}`)).text);
              return answers;
            };
            const believed = await shown();
            const { entries: trail } = await service.shown(`/v1/pools/${one}/audit-trail?limit=100`);
            const ids = entries(trail).map(({ id }) => textOf(id));
            const asked = edits.map(({ pick, minutes, kind: what, command }) => {
              const event = ids[pick % ids.length] ?? '';
              const time = new Date(began + minutes * 60_000).toISOString();
              if (what === 'drop') return { drop: { event } };
              if (what === 'move') return { move: { event, to: time } };
              if (what === 'add')
                return { add: { command, body: { pool: pick % 4 === 0 ? other : one }, at: time } };
              return {
                reading: { reading: 'calls-on-live-backup', choice: pick % 2 === 0 ? 'literal' : 'survive' },
              };
            });
            const each = asked.map((edit, index) => ({ name: `${index}`, edits: [edit] }));
            for (const alternatives of [[{ name: 'all', edits: asked }], each]) {
              const { status } = await whatIf(told, alternatives, { to: now() });
              expect([200, 400]).toContain(status);
            }
            expect(await service.poolkeeper.store.lastPosition()).toBe(last);
            expect(await shown()).toEqual(believed);
          }),
      ),
      { numRuns: runs(8) },
    ));
});
