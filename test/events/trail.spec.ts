import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../events/envelope.js';
import { eventTypes, familiesOf, type EventType, type PoolkeeperEvent } from '../../events/registry.js';
import { describeStream } from '../../events/streams.js';
import { auditEntry } from '../../projections/audit-trail/entry.js';
import { scanRangeOf } from '../../projections/audit-trail/scan-range.js';
import { decode } from '../../src/runtime/decode.js';
import { entries } from '../http/support/pair.js';
import { Service } from '../http/support/service.js';
import { everyEvent } from './every-event.js';

/** In no trail: these events are for Poolkeeper itself, and nobody did them to a pool. */
const untrailed: readonly EventType[] = [
  'PoolsPaired',
  'PoolsUnpaired',
  'CommandReceived',
  'CommandAnswered',
];

/** Recorded of other pools than a and b. */
const poolOf: Partial<Readonly<Record<EventType, string>>> = {
  PairEnded: 'pool-e.contoso.com',
  RouteChosen: 'pool-left.contoso.com',
  PoolReplaced: 'pool-left.contoso.com',
  ReplacementCompleted: 'pool-left.contoso.com',
  PoolLeft: 'pool-e.contoso.com',
  PoolRetired: 'pool-e.contoso.com',
  PoolGivenUp: 'pool-h.contoso.com',
};

let service: Service;
const log: Recorded<PoolkeeperEvent>[] = [];
beforeAll(async () => {
  service = await Service.start();
  await everyEvent(service);
  for await (const page of service.poolkeeper.store.readAll({})) {
    log.push(...page.filter(({ type }) => familiesOf(type).length > 0).map(decode));
  }
});
afterAll(() => service.stop());

describe.each(eventTypes)('%s', (type) => {
  const ofType = (): readonly Recorded<PoolkeeperEvent>[] => log.filter((event) => event.type === type);

  it('stands only in streams of the families that the registry names', () => {
    expect(ofType()).not.toEqual([]);
    for (const { stream } of ofType()) expect(familiesOf(type)).toContain(describeStream(stream).family);
  });

  it('is in a trail where its streams are read for one', () => {
    const isShown = ofType().every((event) => auditEntry(event, []) !== null);
    expect(isShown).toBe(!untrailed.includes(type));
    expect(scanRangeOf({ type }, [])).toEqual(isShown ? { families: familiesOf(type), types: [type] } : null);
  });

  it('is found by the filter of its type', async () => {
    // That of a pair that was unregistered is there for moments before only.
    const others =
      type === 'PairEnded'
        ? /pool-[h-i]\.contoso/
        : type in poolOf
          ? /pool-[a-d]\.contoso/
          : /pool-([c-z]|lost|left|built)\.contoso/;
    const pool = poolOf[type] ?? 'pool-a.contoso.com';
    const wanted = ofType().filter(({ data }) => !others.test(JSON.stringify(data)));
    const { entries: found } = await service.shown(`/v1/pools/${pool}/audit-trail?type=${type}`);
    const shown = untrailed.includes(type) ? [] : wanted;
    expect(entries(found).map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
  });
});
