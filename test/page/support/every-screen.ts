/** A story in which every screen has something to show, with names that are odd; and the addresses of all screens. */
import type { JsonObject } from '../../../events/envelope.js';
import {
  ask,
  createWorkflow,
  declareOutage,
  recordExport,
  registerPair,
} from '../../http/support/commands.js';
import type { Ask, Service } from '../../http/support/service.js';
import { outageStory, primary } from './story.js';

/** Whoever names something may write markup, and letters that run the other way. */
export const oddName = '<img src=x onerror="document.title=1"> \u0645\u0643\u062A\u0628 & "Desk"';
/** One word longer than a narrow screen is wide. */
export const longName = 'Telefonzentrale'.repeat(8);

const [lost, standIn, replacing] = ['pool-k.contoso.com', 'pool-l.contoso.com', 'pool-m.contoso.com'];

const queue = (id: string, name: string): Ask =>
  ask('create-object', { pool: primary, kind: 'queue', id, name, properties: {}, tool: 'managementShell' });

export async function everyScreenStory(service: Service): Promise<void> {
  await outageStory(service, [queue('odd', oddName), queue('long', longName)]);
  await service.given(
    registerPair(lost, standIn),
    createWorkflow(lost, 'reception'),
    recordExport(lost),
    declareOutage(lost, { reason: oddName, backEndDatabase: 'unavailable' }),
    ask('annotate-incident', { pool: lost, text: longName }),
    ask('initiate-failover', { pool: lost }),
    ask('complete-failover', { pool: lost }),
    ask('replace-pool', { failed: lost, replacement: replacing }),
  );
  await service.when(ask('annotate-incident', { pool: primary, text: oddName }), { 'x-actor': '<b>Kim</b>' });
  const mistaken = await service.when(ask('annotate-incident', { pool: primary, text: 'A mistake.' }));
  const [event] = mistaken.body['events'] as readonly { readonly id: string }[];
  await service.given(ask('retract', { eventId: event?.id ?? '', reason: oddName }));
}

/** What the addresses of screens are made of. */
interface Known {
  readonly incident: string;
  readonly declared: JsonObject;
  readonly retracted: JsonObject;
}

const pool = `/pools/${primary}`;

const pathOf = {
  'the pools': () => '/',
  'the search': () => '/search',
  'what a search found': () => '/search?q=payroll',
  'a search for nothing': () => '/search?q=nobody-knows-this',
  'the readiness of all pools': () => '/readiness',
  'the incidents': () => '/incidents',
  'an incident': ({ incident }) => incident,
  'an incident at a moment, beside another history': ({ incident, declared }) =>
    `${incident}?asOf=${text(declared, 'position')}&if=${text(declared, 'id')}.drop`,
  'the report of an incident': ({ incident }) => `${incident}/report`,
  'an incident that nobody knows': () => '/incidents/nothing-1',
  'the tables of a pool': () => pool,
  'the objects of a pool': () => `${pool}/objects`,
  'the agents of a pool': () => `${pool}/agents`,
  'the calls of a pool': () => `${pool}/calls`,
  'the runbook of a pool': () => `${pool}/runbook`,
  'the readiness of a pool': () => `${pool}/readiness`,
  'the audit trail of a pool': () => `${pool}/audit-trail`,
  'why a tool shows an object': () => `${pool}/why?object=payroll&tool=controlPanel`,
  'a question about what there is not': () => `${pool}/why?object=nothing`,
  'a pool that was lost': () => `/pools/${lost}`,
  'the runbook of a pool that was lost': () => `/pools/${lost}/runbook`,
  'the audit trail of a pool that was lost': () => `/pools/${lost}/audit-trail`,
  'the runbook of the pool in its place': () => `/pools/${replacing}/runbook`,
  'the objects of the pool in its place': () => `/pools/${replacing}/objects`,
  'a pool that nobody knows': () => '/pools/pool-x.contoso.com',
  'one call': () => '/calls/call-waiting',
  'a call that nobody knows': () => '/calls/call-x',
  'an entry': ({ declared }) => `/events/${text(declared, 'id')}`,
  'an entry that was taken back': ({ retracted }) => `/events/${text(retracted, 'id')}`,
  'all sentences': () => '/statements',
  'the service': () => '/service',
  'a screen that there is not': () => '/pools',
} as const satisfies Readonly<Record<string, (known: Known) => string>>;

export type ScreenName = keyof typeof pathOf;

/** Every screen of the page with something on it, and those on which there is nothing. */
export const screenNames = Object.keys(pathOf).filter((name): name is ScreenName =>
  Object.hasOwn(pathOf, name),
);

/** @returns the path of a screen in the story */
export async function addressesIn(service: Service): Promise<(name: ScreenName) => string> {
  const { incidents } = (await service.shown('/v1/incidents')) as {
    incidents: readonly { readonly id: string; readonly pool: string }[];
  };
  const trail = await service.shown(`/v1/pools/${primary}/audit-trail?withoutCalls=true`);
  const entries = trail['entries'] as readonly JsonObject[];
  const known: Known = {
    incident: `/incidents/${incidents.find((one) => one.pool === primary)?.id ?? ''}`,
    declared: entries.find(({ type }) => type === 'OutageDeclared') ?? {},
    retracted: entries.find(({ retractedBy }) => retractedBy !== undefined) ?? {},
  };
  return (name) => pathOf[name](known);
}

const text = (entry: JsonObject, field: string): string => entry[field] as string;
