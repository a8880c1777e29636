/** Every event of the second route, dropped, or moved to another moment of it: there is an answer to each. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textOf } from '../../examples/generator/text-of.js';
import {
  ask,
  callArrives,
  declareOutage,
  importGroups,
  modifyObject,
  moveAgent,
  recordExport,
  signIn,
} from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service, type Ask } from './support/service.js';

const built = 'bonn.contoso.com';
let service: Service;
let pair: Pair;
let minutes = 0;
/** A minute after the one before. */
const next = ({ name, body }: Ask): Ask => {
  minutes += 1;
  return { name, body: { ...body, occurredAt: time(minutes) } };
};
const start = Date.parse('2026-03-02T08:00:00.000Z');
const time = (minute: number): string => new Date(start + minute * 60_000).toISOString();

beforeAll(async () => {
  service = await Service.start();
  pair = await Pair.registered(service, 'first', { occurredAt: time(0) });
  const [lost, standIn] = [pair.primary, pair.backup];
  const file = await service.when(next(recordExport(lost)));
  await service.given(
    next(signIn(pair.agentOfPrimary, lost, pair.ownGroup)),
    next(callArrives('before', lost, pair.regular)),
    next(declareOutage(lost)),
    next(importGroups(standIn, textOf(file.body['exportId']))),
    next(callArrives('in-the-outage', lost, pair.regular)),
    next(ask('initiate-failover', { pool: lost })),
    next(ask('complete-failover', { pool: lost })),
    next(modifyObject(standIn, 'workflow', pair.regular, { description: 'By way of Hamburg' })),
    next(ask('choose-route', { pool: lost, route: 'replacement', replacement: built })),
    next(ask('replace-pool', { failed: lost, replacement: built })),
    next(moveAgent(pair.agentOfPrimary, built, true)),
  );
  const homeward = await service.when(next(recordExport(standIn, { owner: lost })));
  await service.given(
    next(importGroups(built, textOf(homeward.body['exportId']), { overwriteOwner: true })),
    next(ask('complete-replacement', { pool: built })),
    next(callArrives('afterwards', built, pair.regular)),
    next(recordExport(standIn, { owner: lost, removeExported: true })),
    next(ask('close-incident', { pool: built })),
  );
  await service.caughtUp();
});
afterAll(() => service.stop());

const whatIf = async (
  alternatives: readonly { readonly name: string; readonly edits: readonly unknown[] }[],
) =>
  await service.send({
    method: 'POST',
    url: `/v1/pools/${built}/what-if`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({ from: time(1), to: time(minutes), alternatives }),
  });

describe('What if, on the second route', () => {
  it('an event had not happened, had been the first, or the last: each is answered', async () => {
    const { entries: trail } = await service.shown(`/v1/pools/${built}/audit-trail?limit=100`);
    const events = entries(trail).filter(
      ({ derived, occurredAt }) =>
        derived === false && textOf(occurredAt) >= time(1) && textOf(occurredAt) <= time(minutes),
    );
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'PoolReplaced',
        'ReplacementCompleted',
        'AgentMoved',
        'ResponseGroupsImported',
      ]),
    );
    for (const { id, type } of events) {
      const event = textOf(id);
      const { status, body } = await whatIf([
        { name: 'dropped', edits: [{ drop: { event } }] },
        { name: 'first', edits: [{ move: { event, to: time(1) } }] },
        { name: 'last', edits: [{ move: { event, to: time(minutes) } }] },
      ]);
      expect({ type, status, body: status === 200 ? null : body }).toEqual({ type, status: 200, body: null });
    }
  });

  it('the pool had not been replaced: what was done with the new one cannot have happened', async () => {
    const { entries: trail } = await service.shown(`/v1/pools/${built}/audit-trail?limit=100`);
    const idOf = (type: string): string =>
      textOf(entries(trail).findLast((entry) => entry['type'] === type)?.['id']);
    const { body } = await whatIf([{ name: 'not', edits: [{ drop: { event: idOf('PoolReplaced') } }] }]);
    const [alternative] = entries(body['alternatives']);
    expect(alternative?.['contradicted']).toEqual(
      expect.arrayContaining([idOf('ResponseGroupsImported'), idOf('ReplacementCompleted')]),
    );
  });

  it('the pool had been replaced as soon as it was failed over, or its service had been stopped', async () => {
    const replaced = { failed: pair.primary, replacement: built };
    const stopped = { pool: pair.backup, service: 'RTCRGS', state: 'stopped' };
    const { status, body } = await whatIf([
      { name: 'at once', edits: [{ add: { command: 'replace-pool', body: replaced, at: time(8) } }] },
      { name: 'stopped', edits: [{ add: { command: 'report-service', body: stopped, at: time(2) } }] },
    ]);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { alternatives: [{ refused: [] }, { refused: [] }] },
    });
  });
});
