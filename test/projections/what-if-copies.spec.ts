import { describe, expect, it } from '@jest/globals';
import { changesBetween } from '../../projections/effects/copies.js';
import { copiesOverTime } from '../../projections/what-if/copies-over-time.js';
import { beginOf } from '../../projections/what-if/recorded.js';
import type { Edit } from '../../projections/what-if/plan.js';
import { anyHistory } from '../support/random-history.js';
import { fc } from '../support/properties.js';
import { momentOf, recorded, type Told } from '../support/recorded.js';
import { alternativeTo, spanOf } from '../support/spans.js';
import {
  created,
  imported,
  outage,
  outageEnded,
  paired,
  poolA,
  poolB,
  removed,
  workflow,
} from '../support/story.js';

const happened = (seconds: number, event: Told): Told => ({
  ...event,
  metadata: { occurredAt: momentOf(seconds) },
});

async function overTime(log: ReturnType<typeof recorded>, edits: readonly Edit[], to = 500) {
  const whole = await spanOf(log, poolA, [momentOf(1), momentOf(to)]);
  const other = await alternativeTo(whole, edits);
  const { before, walk, span } = whole;
  const between = { begin: beginOf(span), end: span.upTo.at };
  const told = await copiesOverTime(before.pair, walk, other.walk, between, () => undefined);
  return { told, atEnd: changesBetween(walk.pair, other.walk.pair) };
}

describe('Copies that are seen or changed otherwise', () => {
  const log = recorded([
    paired,
    happened(2, workflow(poolA, 'help')),
    ...imported(poolA, [{ kind: 'workflow', id: 'help' }]).map((event) => happened(10, event)),
    happened(100, outage(poolA)),
    happened(200, outageEnded(poolA)),
    happened(300, created(poolB, 'queue', 'line')),
  ]);
  const idOf = (type: string): string => log.find((event) => event.type === type)?.id ?? '';

  it('are told from the moment at which they differ to the moment at which they no longer do', async () => {
    const { told, atEnd } = await overTime(log, [
      { move: { event: idOf('OutageDeclared'), to: momentOf(150) } },
    ]);
    expect(atEnd).toEqual({ visibility: [], editability: [] });
    const span = { from: momentOf(100), to: momentOf(150) };
    expect(told.visibility).toMatchObject([{ id: 'help', parent: poolA, ...span }]);
    expect(told.editability.map(({ from, to }) => ({ from, to }))).toContainEqual(span);
    for (const { because, basis } of [...told.visibility, ...told.editability])
      expect(because.length > 0 || basis === 'inferred').toBe(true);
  });

  it('also copies that are there in one history only', async () => {
    const { told } = await overTime(log, [{ drop: { event: idOf('ResponseGroupsImported') } }]);
    expect(told.visibility).toContainEqual(
      expect.objectContaining({
        id: 'help',
        parent: poolB,
        after: null,
        from: momentOf(10),
      }),
    );
    const gone = await overTime(
      recorded([
        paired,
        happened(2, workflow(poolA, 'help')),
        happened(90, removed(poolA, 'workflow', 'help')),
      ]),
      [{ add: { command: 'create-object', body: queueOf(poolB), at: momentOf(50) } }],
    );
    expect(gone.told.visibility).toMatchObject([
      { id: 'more', parent: poolB, before: null, from: momentOf(50), to: momentOf(500) },
    ]);
  });

  it('are none where nothing is edited; and those of the end are those that last to the end', () =>
    fc.assert(
      fc.asyncProperty(anyHistory(), fc.nat({ max: 60 }), async (story, pick) => {
        const event = story[1 + (pick % (story.length - 1))];
        expect((await overTime(story, [], 10_000)).told).toEqual({ visibility: [], editability: [] });
        const { told, atEnd } = await overTime(story, [{ drop: { event: event?.id ?? '' } }], 10_000);
        const lasting = <Entry extends { readonly to: string; readonly from: string }>(
          entries: readonly Entry[],
        ) =>
          entries
            .filter(({ to }) => to === momentOf(10_000))
            .map(({ from: _from, to: _to, ...effect }) => effect);
        const sorted = (entries: readonly object[]) => entries.map((entry) => JSON.stringify(entry)).sort();
        expect(sorted(lasting(told.visibility))).toEqual(sorted(atEnd.visibility));
        expect(sorted(lasting(told.editability))).toEqual(sorted(atEnd.editability));
      }),
    ));
});

const queueOf = (pool: string) => ({
  pool,
  kind: 'queue',
  id: 'more',
  name: 'more',
  tool: 'managementShell',
  properties: {},
});
