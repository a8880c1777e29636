import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { ask, callArrives, callConnects, callEnds } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { documentedFetch } from './support/documented.js';
import { Service } from './support/service.js';

/** A clock that is set by hand, so that every moment has a name. */
let now = '2026-11-24T03:00:00.000Z';
let service: Service;
let pair: Pair;
let unfounded: string;
let calm: string;
let outage: string;
let failedOver: string;

const lastPosition = async (): Promise<string> => String(await service.poolkeeper.store.lastPosition());
const diffOf = (query: string, fqdn = pair.primary): Promise<JsonObject> =>
  service.shown(`/v1/pools/${fqdn}/diff?${query}`);

async function replayOf(query: string, fqdn = pair.primary): Promise<readonly JsonObject[]> {
  const { status, headers, text } = await service.get(`/v1/pools/${fqdn}/replay?${query}`);
  expect({ status, type: headers['content-type'] }).toEqual({
    status: 200,
    type: 'application/x-ndjson; charset=utf-8',
  });
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as JsonObject]));
}

beforeAll(async () => {
  service = await Service.start({ clock: () => new Date(now) });
  await Pair.registered(service);
  unfounded = await lastPosition();
  pair = await Pair.withImport(service);
  await service.given(
    callArrives('waiting', pair.primary, pair.regular),
    callArrives('talking', pair.primary, pair.regular),
    callConnects('talking', pair.agentOfBackup),
  );
  calm = await lastPosition();
  now = '2026-11-24T04:00:00.000Z';
  await pair.reaches('outage');
  outage = await lastPosition();
  await service.given(
    callArrives('led-on', pair.primary, pair.regular),
    ask('record-export', { pool: pair.backup }),
  );
  now = '2026-11-24T05:00:00.000Z';
  await pair.reaches('failed-over');
  failedOver = await lastPosition();
});
afterAll(() => service.stop());

describe('The difference between two moments of a pool', () => {
  it('tells what changed in stage, copies and calls, and which events did it', async () => {
    const diff = await diffOf(`from=${calm}&to=${outage}`);
    expect(diff).toMatchObject({
      fqdn: pair.primary,
      from: calm,
      to: outage,
      position: outage,
      stage: {
        before: { stage: 'normal', incident: null },
        after: { stage: 'outage', partnerStage: 'normal', basis: 'stated' },
      },
      callStatus: {
        totals: {
          before: { inProgress: 1, connected: 1, disconnected: 0 },
          after: { inProgress: 0, connected: 1, disconnected: 1 },
        },
        disconnectedByStatement: { 'outage/in-progress-calls/1': { before: 0, after: 1 } },
      },
      events: { pair: [{ type: 'OutageDeclared', position: outage }], morePairEvents: 0, calls: {} },
    });
    const { visibility } = diff as { readonly visibility: JsonObject };
    expect(entries(visibility['objects'])).toContainEqual({
      before: expect.objectContaining({
        id: pair.regular,
        parent: pair.primary,
        tools: { controlPanel: true, configurationTool: true, managementShell: true },
      }),
      after: expect.objectContaining({
        id: pair.regular,
        because: [expect.stringMatching(/^outage\/configuration\//)],
      }),
    });
  });

  it('takes times too, and up to now where no end is named', async () => {
    const byTime = await diffOf('from=2026-11-24T03:30:00Z&to=2026-11-24T06:00:00%2B01:00');
    const byPosition = await diffOf(`from=${calm}`);
    const { from, to, position } = byTime;
    expect({ ...byPosition, from, to, position }).toEqual(byTime);
    expect(byTime).toMatchObject({
      to: '2026-11-24T05:00:00.000Z',
      events: { calls: { CallArrived: 1 }, morePairEvents: 0 },
    });
    expect(entries((byTime['events'] as JsonObject)['pair']).map(({ type }) => type)).toEqual([
      'OutageDeclared',
      'ResponseGroupsExported',
      'FailoverInitiated',
      'FailoverCompleted',
    ]);
  });

  it('from before the registration shows everything as new', async () => {
    const diff = await diffOf(`from=${unfounded}&to=${calm}`);
    expect(diff).toMatchObject({
      stage: { before: null, after: { stage: 'normal' } },
      callStatus: { totals: { before: null } },
    });
    const { objects } = await service.shown(`/v1/pools/${pair.primary}/visibility?asOf=${calm}`);
    const { visibility } = diff as { readonly visibility: JsonObject };
    expect(entries(visibility['objects'])).toEqual(
      entries(objects).map((after) => ({ before: null, after })),
    );
  });

  it('between equal moments is nothing', async () => {
    expect(await diffOf(`from=${outage}&to=${outage}`)).toMatchObject({
      visibility: { objects: [], forOtherReasons: 0 },
      editability: { objects: [], forOtherReasons: 0 },
      events: { pair: [], calls: {} },
    });
  });
});

describe('A pool replayed', () => {
  it('tells every event of the pair and its calls in order, with what it did', async () => {
    const steps = await replayOf(`from=${calm}`);
    expect(steps).toMatchObject([
      {
        type: 'OutageDeclared',
        position: outage,
        summary: expect.stringMatching(/^Outage declared/),
        stages: { [pair.primary]: 'outage', [pair.backup]: 'normal' },
        column: { stage: 'outage', as: 'primary' },
        calls: { inProgress: 0, connected: 1, ended: 0, disconnected: 1 },
        effect: {
          stage: { pool: pair.primary, before: 'normal', after: 'outage' },
          cutOff: [{ owner: pair.primary, calls: 1, byStatement: { 'outage/in-progress-calls/1': 1 } }],
        },
      },
      { type: 'CallArrived', effect: { call: { callId: 'led-on', before: null, after: 'in-progress' } } },
      { type: 'ResponseGroupsExported', effect: {} },
      { type: 'FailoverInitiated' },
      { type: 'FailoverCompleted', position: failedOver, calls: { connected: 1 } },
    ]);
    expect(entries((steps[0]?.['effect'] as JsonObject)['copies'])).toContainEqual(
      expect.objectContaining({
        id: pair.regular,
        parent: pair.primary,
        changedWith: {
          before: { controlPanel: true, configurationTool: true, managementShell: true },
          after: { controlPanel: false, configurationTool: false, managementShell: false },
        },
      }),
    );
  });

  it('tells of a call how it stood before and after', async () => {
    const steps = await replayOf(`from=${unfounded}&to=${calm}`);
    expect(steps.slice(-3)).toMatchObject([
      { effect: { call: { callId: 'waiting', before: null, after: 'in-progress', contradicted: false } } },
      { effect: { call: { callId: 'talking', before: null, after: 'in-progress' } } },
      {
        effect: { call: { callId: 'talking', before: 'in-progress', after: 'connected' } },
        calls: { inProgress: 1, connected: 1 },
      },
    ]);
    expect(steps[0]).toMatchObject({
      type: 'PairRegistered',
      effect: { stage: { before: null, after: 'normal' } },
    });
  });

  it('seen from the partner follows the column of the pool that failed, as its backup', async () => {
    const [first] = await replayOf(`from=${calm}&to=${outage}`, pair.backup);
    expect(first).toMatchObject({ column: { stage: 'outage', as: 'backup' }, calls: { disconnected: 0 } });
  });

  it('of a stretch without events is empty', async () => {
    expect(await replayOf(`from=${outage}&to=${outage}`)).toEqual([]);
  });
});

describe('A stretch of the log', () => {
  const routes = ['diff', 'replay'] as const;
  const asked = (route: string, query: string, fqdn = pair.primary) =>
    service.get(`/v1/pools/${fqdn}/${route}?${query}`);

  it.each([
    ['from=tomorrow', '/from'],
    ['from=99999999', '/from'],
    ['from=0&to=99999999', '/to'],
    ['from=0&to=2026-11-24T05:00:00.001Z', '/to'],
    ['from=0&until=5', '/until'],
  ])('is refused for %s with a pointer to %s', async (query, pointer) => {
    for (const route of routes) {
      const answer = await asked(route, query);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
      expect(answer.headers['content-type']).toMatch('application/problem+json');
    }
  });

  it('is refused where it ends before it begins, by times, by positions, and by one of each', async () => {
    const backwards = [
      [outage, calm],
      ['2026-11-24T04:00:00Z', '2026-11-24T03:00:00Z'],
      [outage, '2026-11-24T03:30:00Z'],
      ['2026-11-24T04:30:00Z', calm],
    ] as const;
    for (const route of routes) {
      for (const [from, to] of backwards) {
        const answer = await asked(route, `from=${from}&to=${to}`);
        expect(answer).toMatchObject({
          status: 400,
          body: { errors: [{ pointer: '/from' }, { pointer: '/to' }] },
        });
      }
      for (const [from, to] of [
        [calm, '2026-11-24T03:30:00Z'],
        ['2026-11-24T03:30:00Z', calm],
      ] as const) {
        expect((await asked(route, `from=${from}&to=${to}`)).status).toBe(200);
      }
    }
  });

  it('needs a beginning where two moments are compared', async () => {
    expect(await asked('diff', '')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/from' }] } });
  });

  it('is unknown where no pair has the pool', async () => {
    for (const route of routes) {
      expect(await asked(route, 'from=0', 'nowhere.contoso.com')).toMatchObject({
        status: 404,
        body: { errors: [{ pointer: '/fqdn' }] },
      });
    }
  });

  it('is asked for with HEAD as well', async () => {
    const url = await service.listen();
    for (const route of routes) {
      const answer = await documentedFetch(new URL(`/v1/pools/${pair.primary}/${route}?from=0`, url), {
        method: 'HEAD',
      });
      expect(answer.status).toBe(200);
    }
  });
});

describe('In the order in which things happened', () => {
  const at = '2026-11-24T05:30:00.000Z';
  let asRecorded: readonly JsonObject[];
  let late: string;

  beforeAll(async () => {
    now = '2026-11-24T06:00:00.000Z';
    asRecorded = await replayOf('to=2026-11-24T05:59:59Z');
    now = '2026-11-24T07:00:00.000Z';
    const { name, body } = callArrives('told-late', pair.primary, pair.regular);
    await service.given(ask(name, { ...body, occurredAt: '2026-11-24T04:30:00.000Z' }));
    late = await lastPosition();
  });

  it('a diff has what was recorded later, and an empty one of the log has not', async () => {
    const span = 'from=2026-11-24T04:15:00Z&to=2026-11-24T04:45:00Z';
    const happened = await diffOf(`${span}&order=happened`);
    expect(happened).toMatchObject({
      from: '2026-11-24T04:15:00.000Z',
      to: '2026-11-24T04:45:00.000Z',
      events: { calls: { CallArrived: 1 } },
    });
    expect(await diffOf(span)).toMatchObject({ events: { calls: {} } });
    expect(await diffOf(`${span}&order=recorded`)).toEqual(await diffOf(span));
  });

  it('a replay has it where it happened, with the effect that it had there', async () => {
    const steps = await replayOf('order=happened');
    const place = steps.findIndex(({ position }) => position === late);
    const { status } = await service.shown('/v1/calls/told-late?at=2026-11-24T04:30:00Z');
    expect(steps[place]).toMatchObject({
      type: 'CallArrived',
      effect: { call: { before: null, after: status } },
    });
    const times = steps.map(({ occurredAt }) => occurredAt);
    expect(times).toEqual(times.toSorted());
    expect(place).toBeLessThan(steps.length - 1);
  });

  it('nothing else differs where everything was recorded as it happened', async () => {
    const until = `to=${at}&order=happened`;
    const steps = (await replayOf(until)).filter(({ position }) => position !== late);
    expect(steps.map(({ position }) => position)).toEqual(asRecorded.map(({ position }) => position));
    expect(steps.map(({ stages }) => stages)).toEqual(asRecorded.map(({ stages }) => stages));
  });

  it('lists what makes no sense there, and shows that it changed nothing', async () => {
    const { name, body } = callEnds('told-late');
    await service.given(ask(name, { ...body, occurredAt: '2026-11-24T04:20:00.000Z' }));
    const ended = await lastPosition();
    const detail = 'Call told-late had not arrived.';
    const contradicted = [{ event: expect.any(String), position: ended, type: 'CallEnded', detail }];
    expect(await diffOf('from=2026-11-24T04:15:00Z&order=happened')).toMatchObject({ contradicted });
    expect(await diffOf('from=2026-11-24T04:25:00Z&order=happened')).not.toHaveProperty('contradicted');
    const step = (await replayOf('order=happened')).find(({ position }) => position === ended);
    expect(step).toMatchObject({ effect: {}, contradicted: detail });
  });

  it('is refused where it is misspelt, or ends before it begins', async () => {
    for (const query of [
      'from=0&order=backwards',
      'from=2026-11-24T05:00:00Z&to=2026-11-24T04:00:00Z&order=happened',
    ])
      expect(await service.get(`/v1/pools/${pair.primary}/diff?${query}`)).toMatchObject({ status: 400 });
  });
});
