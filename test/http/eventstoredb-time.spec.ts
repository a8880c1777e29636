/** Moments, corrections and what-if on EventStoreDB, whose positions have gaps: the same answers as on the store in memory. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { notRun } from '../store/support/checks.js';
import {
  ask,
  callArrives,
  callConnects,
  callEnds,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  importGroups,
  recordExport,
  registerAgent,
  registerPair,
  signIn,
} from './support/commands.js';
import { mediumOf, type Medium, type MediumKind } from './support/mediums.js';
import { entries } from './support/pair.js';
import { preview } from './support/preview.js';
import { Service, type Ask } from './support/service.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';
const kim = 'sip:kim@contoso.com';
const day = '2026-03-02T';
const at = (time: string): string => `${day}${time}:00.000Z`;

/** A service on a store of its own, with a clock that is set by hand. */
class Told {
  now = at('08:00');
  private constructor(
    private readonly medium: Medium,
    readonly services: Service[],
  ) {}

  static async on(kind: MediumKind): Promise<Told> {
    const told = new Told(await mediumOf(kind), []);
    await told.another();
    return told;
  }

  get service(): Service {
    const [service] = this.services;
    if (service === undefined) throw new Error('No service was started.');
    return service;
  }

  /** One more instance on the same log. */
  async another(): Promise<Service> {
    const clock = (): Date => new Date(this.now);
    const service = await Service.start({ clock, store: await this.medium.open(clock) });
    this.services.push(service);
    return service;
  }

  /** @param late when it happened, where it is recorded only at `time` */
  async given(time: string, { name, body }: Ask, late?: string): Promise<JsonObject> {
    this.now = at(time);
    const command = ask(name, late === undefined ? body : { ...body, occurredAt: at(late) });
    const answer = await this.service.when(command);
    expect({ command, status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
    return answer.body;
  }

  async stop(): Promise<void> {
    for (const service of this.services) await service.stop();
    this.medium.release();
  }
}

const idIn = (body: JsonObject, index = 0): string => textOf(entries(body['events'])[index]?.['id'] ?? '');

interface Ids {
  readonly outage: string;
  readonly late: string;
}

/** A morning of which much is told late, and some wrongly. */
async function morning(told: Told): Promise<Ids> {
  await told.given('08:00', registerPair(a, b));
  await told.given('08:01', registerAgent(kim, a));
  await told.given('08:02', createAgentGroup(a, 'first-line', [kim]));
  await told.given('08:03', createWorkflow(a, 'desk'));
  await told.given('08:04', createWorkflow(a, 'counsel', true));
  await told.given('08:05', signIn(kim, a, 'first-line'));
  const { exportId } = await told.given('08:10', recordExport(a));
  await told.given('09:00', callArrives('talks', a, 'desk'));
  await told.given('09:01', callConnects('talks', kim));
  await told.given('09:20', callArrives('waits', a, 'counsel'));
  const outage = await told.given('09:40', declareOutage(a), '09:30');
  await told.given('09:45', ask('initiate-failover', { pool: a }));
  await told.given('09:50', ask('complete-failover', { pool: a }), '09:48');
  await told.given('10:00', importGroups(b, textOf(exportId)), '09:55');
  const late = await told.given('10:10', callArrives('late', a, 'desk'), '09:10');
  await told.given('10:11', callConnects('late', kim), '09:11');
  await told.given('10:12', callEnds('talks'), '09:25');
  await told.given('10:20', ask('annotate-incident', { pool: a, text: 'Power is back' }));
  await told.given('10:30', callArrives('wrong', a, 'counsel'));
  return { outage: idIn(outage), late: idIn(late) };
}

const views: readonly string[] = [
  '/v1/pools',
  '/v1/incidents',
  ...[a, b].flatMap((pool) =>
    [
      '',
      '/visibility',
      '/editability',
      '/call-status',
      '/calls',
      '/readiness',
      '/runbook',
      '/configuration',
      '/incidents',
      '/audit-trail?limit=1000',
      '/why?object=first-line&tool=agentConsole&agent=sip:kim@contoso.com',
    ].map((view) => `/v1/pools/${pool}${view}`),
  ),
  `/v1/agents/${kim}/console`,
  '/v1/calls/late',
  '/v1/calls/talks',
];
const moments: readonly Readonly<Record<string, string>>[] = [
  {},
  { at: at('09:15') },
  { at: at('09:35') },
  { at: at('09:56') },
  { at: at('09:35'), asOf: at('09:41') },
  { asOf: at('09:35') },
  { at: 'incident/1/failed-over' },
  { asOf: 'incident/1/failed-over', at: 'incident/1/outage+1m' },
];

/** PowerShell has some in quotation marks, and others not. */
const uuid = /'?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'?/g;
/** Positions, and what follows from them and from ids, differ between two stores. */
const ofStore = /^(position|.+Position|asOf|hash|leaf|next|previous|revision|causes)$/;

async function answers(service: Service): Promise<ReadonlyMap<string, unknown>> {
  await service.caughtUp();
  const found = new Map<string, unknown>();
  for (const url of views)
    for (const moment of moments) {
      const query = new URLSearchParams(moment).toString();
      const whole = query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
      const { status, text } = await service.get(whole);
      const alike = text.replaceAll(uuid, 'an id').replaceAll(/position \d+/g, 'position n');
      const body: unknown = JSON.parse(alike, (key, value: unknown) =>
        ofStore.test(key) ? undefined : value,
      );
      found.set(whole, [status, body]);
    }
  return found;
}

const whatIf = async ({ service }: Told, edits: readonly unknown[]): Promise<unknown> => {
  const { status, text } = await service.send({
    method: 'POST',
    url: `/v1/pools/${a}/what-if`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({
      from: 'incident/1/outage-1h',
      to: 'incident/1/failed-over+20m',
      alternatives: [{ name: 'otherwise', edits }],
    }),
  });
  const { recorded, alternatives } = JSON.parse(text.replaceAll(uuid, 'an id')) as JsonObject;
  return { status, recorded, alternatives };
};

describe('The story of a morning on EventStoreDB', () => {
  if ((process.env['EVENT_STORE_TEST_URL'] ?? '') === '')
    notRun('on a server of its own', 'EVENT_STORE_TEST_URL names none: it runs on the server of the tests');

  let server: Told;
  let memory: Told;
  let ids: readonly [Ids, Ids];
  beforeAll(async () => {
    server = await Told.on('eventstoredb');
    memory = await Told.on('memory');
    ids = [await morning(server), await morning(memory)];
  });
  afterAll(async () => {
    await server.stop();
    await memory.stop();
  });

  const both = async (work: (told: Told, ids: Ids) => Promise<unknown>): Promise<unknown> => {
    const shown = await work(server, ids[0]);
    expect(shown).toEqual(await work(memory, ids[1]));
    return shown;
  };

  it('is answered on both axes as it is from memory', async () => {
    await both(({ service }) => answers(service));
    const { stage } = await server.service.shown(`/v1/pools/${a}?at=${at('09:35')}`);
    expect(stage).toBe('outage');
    expect(await server.service.shown(`/v1/pools/${a}?at=${at('09:35')}&asOf=${at('09:36')}`)).toMatchObject({
      stage: 'normal',
    });
  });

  it('is asked what if as it is from memory, and stores nothing', async () => {
    const last = await server.service.poolkeeper.store.lastPosition();
    const shown = await both((told, { outage }) =>
      whatIf(told, [{ move: { event: outage, to: at('09:22') } }]),
    );
    expect(shown).toMatchObject({ status: 200, alternatives: [{ name: 'otherwise' }] });
    await both((told, { late }) => whatIf(told, [{ drop: { event: late } }]));
    expect(await server.service.poolkeeper.store.lastPosition()).toBe(last);
  });

  it('is corrected as previewed, changes no answer of before, and is alike on an instance that starts later', async () => {
    const url = `/v1/pools/${a}/call-status?asOf=${String(await server.service.poolkeeper.store.lastPosition())}`;
    const { text: believed } = await server.service.get(url);
    const correct = async (told: Told, command: Ask): Promise<unknown> => {
      const asked = await preview(told.service, command);
      const answer = await told.service.when(command);
      expect({ command, status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
      const { outcome, effects } = asked.body;
      return { status: asked.status, outcome, effects };
    };
    const otherTime = (eventId: string): Ask =>
      ask('correct-time', { eventId, occurredAt: at('09:08'), reason: 'By the log of the router' });
    expect(await both((told, { late }) => correct(told, otherTime(late)))).toMatchObject({
      outcome: 'accepted',
    });
    const wrong = async (told: Told): Promise<unknown> => {
      const { entries: trail } = await told.service.shown(`/v1/pools/${a}/audit-trail?type=CallArrived`);
      const eventId = textOf(entries(trail).at(-1)?.['id'] ?? '');
      return await correct(told, ask('retract', { eventId, reason: 'Another pool' }));
    };
    await both(wrong);
    await both(({ service }) => answers(service));
    expect((await server.service.get(url)).text).toBe(believed);
    const later = await server.another();
    expect(await answers(later)).toEqual(await answers(server.service));
    expect((await later.get(url)).text).toBe(believed);
    expect(await later.shown('/v1/verification')).toMatchObject({ whole: true });
  });
});
