/** What holds whatever pools do with their pairs: in any order with everything else, on each store. */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { sameJson } from '../../policy/same-json.js';
import { textOf } from '../../examples/generator/text-of.js';
import { fc, runs } from '../support/properties.js';
import { mediumOf, mediumsOfRun, type MediumKind } from './support/mediums.js';
import { entries } from './support/pair.js';
import { Clock, differ, everything, only, positionOf, type Shown } from './support/past-views.js';
import {
  endings,
  everyAgent,
  everyCall,
  everyPool,
  foundation,
  playEndings,
} from './support/random-endings.js';
import { preview, toldEvents } from './support/preview.js';
import { Service, type Answer, type Ask } from './support/service.js';

const ofPool = [
  '',
  '/visibility',
  '/editability',
  '/statements',
  '/call-status',
  '/calls?limit=1000',
  '/configuration',
  '/readiness',
  '/runbook',
  '/incidents',
  '/exports',
  '/audit-trail?limit=1000',
];
const views: readonly string[] = [
  '/v1/pools',
  '/v1/readiness',
  '/v1/incidents',
  ...everyPool.flatMap((pool) => ofPool.map((view) => `/v1/pools/${pool}${view}`)),
  ...everyAgent.map((agent) => `/v1/agents/${agent}/console`),
  ...everyCall.map((call) => `/v1/calls/${call}`),
];
const dated = views.filter((url) => !/\/(incidents|exports)$/.test(url) && url !== '/v1/readiness');

async function poolsOf(service: Service): Promise<readonly JsonObject[]> {
  return entries((await service.shown('/v1/pools'))['pools']);
}

/** It names a statement, or what is inferred where no statement speaks of it. */
const grounded = ({ because, inference }: JsonObject): boolean =>
  (Array.isArray(because) && because.length > 0) || typeof inference === 'string';

/** Every copy belongs to a pool, says by what rule it is seen and changed, and stands in one place. */
async function copiesHaveRules(service: Service, pools: readonly JsonObject[]): Promise<void> {
  for (const fqdn of pools.map((pool) => textOf(pool['fqdn']))) {
    for (const view of ['visibility', 'editability']) {
      const shown = await service.shown(`/v1/pools/${fqdn}/${view}`);
      const copies = entries(shown['objects']).filter(({ parent }) => parent === fqdn);
      const named = copies.map(({ kind, id }) => `${textOf(kind)} ${textOf(id)}`);
      expect({ fqdn, view, named: [...new Set(named)] }).toEqual({ fqdn, view, named });
      for (const copy of copies) {
        expect(everyPool).toContain(copy['owner']);
        expect(grounded(copy)).toBe(true);
      }
    }
  }
}

/** Every call that was reported has a status, and stands in the list of the pool that it names. */
async function callsHaveFates(service: Service): Promise<void> {
  const listed = new Map<string, string>();
  for (const fqdn of everyPool) {
    const { status, body } = await service.get(`/v1/pools/${fqdn}/calls?limit=1000`);
    if (status !== 200 || body['ended'] !== undefined) continue;
    for (const call of entries(body['calls'])) listed.set(textOf(call['callId']), textOf(call['status']));
  }
  for (const call of everyCall) {
    const { status, body } = await service.get(`/v1/calls/${call}`);
    if (status === 404) continue;
    expect({ call, status: listed.get(call) }).toEqual({ call, status: body['status'] });
    expect(['in-progress', 'connected', 'ended', 'disconnected']).toContain(body['status']);
    expect({ call, grounded: grounded(body) }).toEqual({ call, grounded: true });
  }
}

/** Every agent is homed in a pool that is there. */
async function agentsHaveHomes(service: Service, pools: readonly JsonObject[]): Promise<void> {
  const there = pools.filter(({ retired }) => retired === undefined).map(({ fqdn }) => fqdn);
  for (const agent of everyAgent) {
    const { status, body } = await service.get(`/v1/agents/${agent}/console`);
    if (status === 200)
      expect({ agent, there }).toEqual({ agent, there: expect.arrayContaining([body['homePool']]) });
  }
}

/** The preview said of the command what it then did. */
function foreseen(
  given: readonly string[],
  asked: Answer,
  { status, body }: Pick<Answer, 'status' | 'body'>,
): void {
  const expected =
    status === 200 || status === 409
      ? { outcome: status === 200 ? 'accepted' : 'refused', events: toldEvents(body) }
      : { status };
  const { outcome, events } = asked.body;
  const told =
    asked.status === 200
      ? { outcome, events: toldEvents({ events: events ?? [] }) }
      : { status: asked.status };
  if (!sameJson(told, expected))
    throw new Error([...given, 'preview', JSON.stringify(told), JSON.stringify(expected)].join('\n'));
}

const fine = [200, 400, 404, 409];

async function tried(kind: MediumKind, history: Parameters<typeof playEndings>[1], seen: readonly number[]) {
  const medium = await mediumOf(kind);
  const clock = new Clock();
  let service = await Service.start({ store: await medium.open(clock.now), clock: clock.now });
  try {
    await service.given(...foundation);
    const then = new Map<string, Shown>();
    const given: string[] = [];
    let taken = 0;
    let asked: Answer | null = null;
    const ahead = async (command: Ask) => {
      const headers = { 'idempotency-key': `key-${taken}` };
      asked = await preview(service, command, headers);
      return headers;
    };
    const watch = async (step: unknown, { status, body }: Answer): Promise<void> => {
      given.push(`${status} ${JSON.stringify(step)} ${textOf(body['rule'] ?? '')}`);
      if (!fine.includes(status)) throw new Error(`${given.join('\n')}\n${JSON.stringify(body)}`);
      if (asked !== null) foreseen(given, asked, { status, body });
      asked = null;
      taken += 1;
      clock.goOn();
      if (!seen.includes(taken)) return;
      const position = await positionOf(service);
      then.set(position, await everything(service, dated, `asOf=${position}`));
    };
    await playEndings(service, history, watch, ahead);
    const pools = await poolsOf(service);
    await copiesHaveRules(service, pools);
    await callsHaveFates(service);
    await agentsHaveHomes(service, pools);
    for (const [position, asOf] of then) {
      // Of what was not registered then the answer is where its record begins.
      const there = dated.filter((url) => asOf[url] !== 404);
      differ(given, position, only(there, asOf), await everything(service, there, `asOf=${position}`));
      await everything(service, dated, `at=${position}`);
    }
    const live = await everything(service, views, null);
    expect(await service.shown('/v1/verification')).toMatchObject({ whole: true, faithful: true });
    await service.stop();
    service = await Service.start({ store: await medium.open(clock.now), clock: clock.now });
    await service.caughtUp();
    differ(given, 'again', live, await everything(service, views, null));
  } finally {
    await service.stop();
    medium.release();
  }
}

describe.each(mediumsOfRun)('Whatever pools do with their pairs, on the store %s', (kind) => {
  it('copies keep owners and rules, calls fates, agents homes, and earlier moments their answers', () =>
    fc.assert(
      fc.asyncProperty(
        endings(60),
        fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 4 }),
        (history, seen) => tried(kind, history, seen),
      ),
      // Each takes a second, and what is found is told with all that led to it.
      { numRuns: runs(8), endOnFailure: true },
    ));
});
