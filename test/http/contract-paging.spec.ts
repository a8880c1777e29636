import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { ask, callArrives, callEnds, callOnBehalf, declareOutage, signIn } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let service: Service;
let pair: Pair;
beforeAll(async () => {
  service = await Service.start();
  pair = await Pair.registered(service);
  for (let number = 1; number <= 7; number += 1) {
    const group = number % 2 === 0 ? pair.regular : pair.anonymous;
    await service.given(callArrives(`paged-${number}`, pair.primary, group));
  }
  await service.given(callEnds('paged-1'), callEnds('paged-2'));
});
afterAll(() => service.stop());

/** All pages of a list, one after the other. */
async function pagesOf(
  url: string,
  list: string,
  limit: number,
): Promise<readonly (readonly JsonObject[])[]> {
  const pages: (readonly JsonObject[])[] = [];
  for (let cursor = ''; ;) {
    const page = await service.shown(`${url}${url.includes('?') ? '&' : '?'}limit=${limit}${cursor}`);
    pages.push(entries(page[list]));
    if (page['next'] === null) return pages;
    cursor = `&cursor=${encodeURIComponent(textOf(page['next']))}`;
  }
}

describe('A list of calls', () => {
  const url = () => `/v1/pools/${pair.primary}/calls`;
  const idsOf = (pages: readonly (readonly JsonObject[])[]) => pages.flat().map(({ callId }) => callId);

  it.each([1, 2, 3, 7, 1000])(
    'in pages of %i holds each call once, in the order of arrival',
    async (limit) => {
      const pages = await pagesOf(url(), 'calls', limit);
      expect(idsOf(pages)).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `paged-${number}`));
      expect(pages).toHaveLength(Math.ceil(7 / limit));
    },
  );

  it('is narrowed by status and by response group, page by page', async () => {
    expect(idsOf(await pagesOf(`${url()}?status=ended`, 'calls', 1))).toEqual(['paged-1', 'paged-2']);
    expect(idsOf(await pagesOf(`${url()}?responseGroup=${pair.regular}`, 'calls', 2))).toEqual([
      'paged-2',
      'paged-4',
      'paged-6',
    ]);
    expect(
      idsOf(await pagesOf(`${url()}?responseGroup=${pair.regular}&status=in-progress`, 'calls', 1)),
    ).toEqual(['paged-4', 'paged-6']);
  });

  it('does not shift while calls arrive between two pages', async () => {
    const other = await Pair.registered(service);
    const calls = `/v1/pools/${other.primary}/calls`;
    const [first, second, third] = [await other.newCall(), await other.newCall(), await other.newCall()];
    const page = await service.shown(`${calls}?limit=2`);
    await service.given(callEnds(first.id));
    const fourth = await other.newCall();
    const next = await service.shown(`${calls}?limit=2&cursor=${textOf(page['next'])}`);
    expect(idsOf([entries(page['calls'])])).toEqual([first.id, second.id]);
    expect(idsOf([entries(next['calls'])])).toEqual([third.id, fourth.id]);
  });

  it('shows what is known of each call', async () => {
    const { calls } = await service.shown(`${url()}?limit=1`);
    expect(calls).toEqual([
      {
        callId: 'paged-1',
        pool: pair.primary,
        responseGroup: pair.anonymous,
        responseGroupName: `Callers of ${pair.anonymous}`,
        caller: null,
        imported: false,
        onBehalf: false,
        arrivedAt: expect.any(String),
        connectedAt: null,
        endedAt: expect.any(String),
        endedBy: expect.any(String),
        cutOffBy: null,
        status: 'ended',
        servedBy: pair.primary,
        anonymous: true,
        agent: null,
        because: [],
        basis: 'inferred',
        inference: 'normal-operation',
      },
    ]);
  });
});

describe('The audit trail', () => {
  let audited: Pair;
  const url = (filter = '') => `/v1/pools/${audited.primary}/audit-trail${filter}`;
  const typesOf = async (filter: string) =>
    entries((await service.shown(url(filter)))['entries']).map(({ type }) => type);

  beforeAll(async () => {
    audited = await Pair.registered(service);
    const as = (actor: string) => ({ 'x-actor': actor });
    await service.when(declareOutage(audited.primary, { occurredAt: '2026-01-01T03:00:00Z' }), as('kim'));
    await service.when(ask('failback', { pool: audited.primary }), as('kim'));
    const ends = ask('end-outage', { pool: audited.primary, occurredAt: '2026-01-01T04:00:00Z' });
    await service.when(ends, as('lee'));
    await service.given(callOnBehalf(audited.agentOfPrimary, audited.primary, audited.regular));
    await service.given(signIn(audited.agentOfPrimary, audited.backup, audited.groupOfBackup));
    const again = declareOutage(audited.primary, { occurredAt: '2026-01-02T03:00:00Z' });
    await service.when(again, as('lee'));
  });

  it('tells everything that happened to the pair, oldest first', async () => {
    expect(await typesOf('')).toEqual([
      'PairRegistered',
      'AgentRegistered',
      'AgentRegistered',
      'ObjectCreated',
      'ObjectCreated',
      'ObjectCreated',
      'ObjectCreated',
      'ObjectCreated',
      'OutageDeclared',
      'CommandRefused',
      'OutageEnded',
      'OnBehalfCallPlaced',
      'AgentSignedIn',
      'OutageDeclared',
    ]);
    const { entries: seenFromPartner } = await service.shown(`/v1/pools/${audited.backup}/audit-trail`);
    expect(seenFromPartner).toEqual((await service.shown(url()))['entries']);
  });

  it.each([1, 3, 14, 1000])('comes in pages of %i without gap or repeat', async (limit) => {
    const pages = await pagesOf(url(), 'entries', limit);
    const whole = entries((await service.shown(url()))['entries']);
    expect(pages.flat()).toEqual(whole);
    expect(pages).toHaveLength(Math.ceil(whole.length / limit));
  });

  it('is narrowed by actor, type, time, incident and refusal', async () => {
    expect(await typesOf('?actor=kim')).toEqual(['OutageDeclared', 'CommandRefused']);
    expect(await typesOf('?actor=nobody')).toEqual([]);
    expect(await typesOf('?type=ObjectCreated&limit=2')).toEqual(['ObjectCreated', 'ObjectCreated']);
    expect(await typesOf('?to=2026-01-01T03:00:00Z')).toEqual(['OutageDeclared']);
    expect(await typesOf('?from=2026-01-01T04:00:00%2B00:00&to=2026-01-02T02:59:59.999Z')).toEqual([
      'OutageEnded',
    ]);
    expect(await typesOf('?refused=true')).toEqual(['CommandRefused']);
    expect(await typesOf('?refused=false&actor=kim')).toEqual(['OutageDeclared']);
    const [first] = entries((await service.shown(url('?type=OutageDeclared')))['entries']);
    expect(await typesOf(`?incident=${textOf(first?.['incident'])}`)).toEqual([
      'OutageDeclared',
      'CommandRefused',
      'OutageEnded',
    ]);
    const { incident } = await service.shown(`/v1/pools/${audited.primary}`);
    expect(await typesOf(`?incident=${textOf(incident)}`)).toEqual(['OutageDeclared']);
  });

  it('says who, what, when it happened, when it was recorded, and why', async () => {
    const [refusal] = entries((await service.shown(url('?refused=true')))['entries']);
    expect(refusal).toMatchObject({
      type: 'CommandRefused',
      command: 'failback',
      refused: true,
      actor: 'kim',
      pool: audited.primary,
      because: ['stage-change'],
      occurredAt: expect.stringMatching(/Z$/),
      recordedAt: expect.stringMatching(/Z$/),
      summary: expect.stringContaining('failback'),
      data: { body: { pool: audited.primary }, allowed: ['end-outage', 'initiate-failover'] },
    });
  });
});
