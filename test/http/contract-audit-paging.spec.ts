import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { fc, runs } from '../support/properties.js';
import { ask, callArrives, declareOutage } from './support/commands.js';
import { mediumKinds, mediumOf } from './support/mediums.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

/** Steps that a reader takes from page to page. */
const ways = fc.array(fc.constantFrom('next', 'previous'), { maxLength: 12 });
const filters = [
  '',
  '&withoutCalls=true',
  '&type=CallsCutOff&type=OutageDeclared',
  '&class=agents',
  '&actor=kim',
  '&text=OUTAGE',
];

describe.each(mediumKinds)('The pages of a trail, in a log on %s', (kind) => {
  let service: Service;
  let pair: Pair;
  let release: () => void;
  const page = async (query: string) => await service.shown(`/v1/pools/${pair.primary}/audit-trail?${query}`);
  const listed = async (query: string) => entries((await page(`limit=1000&${query}`))['entries']);
  const idsOf = (list: readonly JsonObject[]) => list.map(({ id }) => id);

  beforeAll(async () => {
    const medium = await mediumOf(kind);
    release = () => medium.release();
    service = await Service.start({ store: await medium.open() });
    pair = await Pair.withImport(service);
    await pair.newCall();
    await pair.connectedCall(pair.anonymous);
    await service.when(declareOutage(pair.primary), { 'x-actor': 'kim' });
    await service.given(
      ask('initiate-failover', { pool: pair.primary }),
      ask('complete-failover', { pool: pair.primary }),
    );
    await pair.newCall();
    await service.given(callArrives(`of-backup-${pair.number}`, pair.backup, pair.regularOfBackup));
    // One event after which two entries follow: calls of both pools are cut off.
    await service.when(declareOutage(pair.backup), { 'x-actor': 'kim' });
    await service.when(ask('failback', { pool: pair.backup }));
  });
  afterAll(async () => {
    await service.stop();
    release();
  });

  it('with the newest first are the whole in the other order', async () => {
    for (const filter of filters) {
      const forward = await listed(filter);
      expect(await listed(`order=newest${filter}`)).toEqual(forward.toReversed());
    }
    const stream = await service.get(`/v1/pools/${pair.primary}/audit-trail?order=newest&format=ndjson`);
    const lines = stream.text.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as JsonObject)['id'])).toEqual(
      idsOf(await listed('order=newest')),
    );
  });

  it('lead both ways, whatever their size, and each shows what lies beside the one before', async () => {
    const orders = fc.constantFrom('oldest', 'newest');
    const size = fc.integer({ min: 1, max: 7 });
    await fc.assert(
      fc.asyncProperty(orders, size, fc.constantFrom(...filters), ways, async (order, limit, filter, way) => {
        const whole = idsOf(await listed(`order=${order}${filter}`));
        let [begin, end] = [0, Math.min(limit, whole.length)];
        let shown = await page(`order=${order}&limit=${limit}${filter}`);
        expect(idsOf(entries(shown['entries']))).toEqual(whole.slice(begin, end));
        for (const step of way) {
          const isLast = step === 'next' ? end === whole.length : begin === 0;
          const cursor = shown[step];
          if (cursor === null) {
            expect(isLast).toBe(true);
            continue;
          }
          if (isLast) continue;
          shown = await page(`order=${order}&limit=${limit}${filter}&cursor=${textOf(cursor)}`);
          [begin, end] =
            step === 'next'
              ? [end, Math.min(end + limit, whole.length)]
              : [Math.max(begin - limit, 0), begin];
          expect(idsOf(entries(shown['entries']))).toEqual(whole.slice(begin, end));
        }
      }),
      { numRuns: runs(20) },
    );
  });

  it('stay right while more happens: the newest page leads to what came since, and back', async () => {
    const first = await page('order=newest&limit=3');
    const second = await page(`order=newest&limit=3&cursor=${textOf(first['next'])}`);
    const nothing = await page(`order=newest&limit=3&cursor=${textOf(first['previous'])}`);
    expect(nothing).toMatchObject({ entries: [] });
    const { id } = await pair.newCall();
    await service.when(ask('failback', { pool: pair.backup }));
    expect(await page(`order=newest&limit=3&cursor=${textOf(first['next'])}`)).toMatchObject({
      entries: second['entries'] as object,
    });
    const since = await page(`order=newest&limit=3&cursor=${textOf(nothing['previous'])}`);
    expect(entries(since['entries'])).toMatchObject([{ type: 'CommandRefused' }, { data: { callId: id } }]);
    expect(await page(`order=newest&limit=3&cursor=${textOf(since['next'])}`)).toMatchObject({
      entries: first['entries'] as object,
    });
    expect(await page(`order=newest&limit=3&cursor=${textOf(nothing['next'])}`)).toMatchObject({
      entries: first['entries'] as object,
    });
  });

  it('are narrowed by several types, by classes, and to what is not about single calls', async () => {
    const whole = await listed('');
    const typesIn = (list: readonly JsonObject[]) =>
      [...new Set(list.map(({ type }) => textOf(type)))].sort();
    expect(await listed('type=OutageDeclared&type=CallArrived')).toEqual(
      whole.filter(({ type }) => type === 'OutageDeclared' || type === 'CallArrived'),
    );
    expect(await listed('withoutCalls=true')).toEqual(
      whole.filter(({ type }) => type !== 'CallArrived' && type !== 'CallConnected'),
    );
    expect(typesIn(await listed('class=stages'))).toEqual([
      'CallsCutOff',
      'FailoverCompleted',
      'FailoverInitiated',
      'OutageDeclared',
    ]);
    expect(typesIn(await listed('class=transfer&class=refusals'))).toEqual([
      'CommandRefused',
      'ResponseGroupsExported',
      'ResponseGroupsImported',
    ]);
    expect(typesIn(await listed('class=stages&type=OutageDeclared'))).toEqual(['OutageDeclared']);
    expect(await listed('class=stages&type=CallArrived')).toEqual([]);
    expect(await listed('class=calls&withoutCalls=true')).toEqual([]);
    const kims = whole.filter((entry) => JSON.stringify(entry).includes('kim'));
    expect(kims.length).toBeGreaterThan(1);
    expect(await listed('text=KIM')).toEqual(kims);
    const ofBackup = await listed('text=of-backup-');
    expect(typesIn(ofBackup)).toEqual(['CallArrived']);
    expect(idsOf(await listed(`text=${textOf(ofBackup[0]?.['id'])}`))).toContain(ofBackup[0]?.['id']);
    expect(await listed('text=nobody-wrote-this')).toEqual([]);
    const classes = ['pairing', 'stages', 'configuration', 'transfer', 'agents', 'calls', 'refusals'];
    const byClass = await Promise.all(classes.map(async (one) => await listed(`class=${one}`)));
    expect(idsOf(byClass.flat()).sort()).toEqual(idsOf(whole).sort());
  });

  it.each([
    ['class=phones', '/class'],
    ['type=OutageDeclared&type=Nonsense', '/type'],
    ['order=random', '/order'],
    ['withoutCalls=perhaps', '/withoutCalls'],
  ])('%s is refused with what is allowed', async (query, pointer) => {
    expect(await service.get(`/v1/pools/${pair.primary}/audit-trail?${query}`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });
});
