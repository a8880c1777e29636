/** Sequences of commands in which pools change their pairs, are replaced and retired, in the middle of everything else. */
import fc from 'fast-check';
import { deployment } from '../../../examples/generator/export-file/deployment.js';
import { exportFile } from '../../../examples/generator/export-file/export-file.js';
import {
  ask,
  callArrives,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  recordExport,
  registerAgent,
  registerPair,
} from './commands.js';
import type { StoredEvent } from '../../../src/store/port.js';
import { commandOf as commandOfStep, exportRecorded, stepsOver, type Step } from './random-steps.js';
import type { Answer, Ask, Headers, Service } from './service.js';

/** A command, or what becomes one in the service as it is then. */
export type EndingStep =
  | Step
  /** An event, counted from the end of the log. */
  | { readonly retracted: number }
  | { readonly corrected: number; readonly minutes: number }
  | {
      readonly list: readonly { readonly agent: string; readonly pool: string }[];
      readonly complete: boolean;
    }
  /** A file of groups that a pool has, which name their owner. */
  | { readonly zipOf: string; readonly owner: string; readonly workflows: number; readonly now: boolean };

const short = ['bergen', 'floro', 'hamar', 'molde', 'narvik'];
export const everyPool: readonly string[] = short.map((name) => `${name}.contoso.com`);
export const everyAgent: readonly string[] = ['kim', 'lee', 'max'].map((name) => `sip:${name}@contoso.com`);
export const everyCall: readonly string[] = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `call-${number}`);
const [bergen = '', floro = '', hamar = '', molde = ''] = everyPool;
const [kim = '', lee = '', max = ''] = everyAgent;
const groupOf = (pool: string): string => `callers-${pool.split('.')[0] ?? ''}`;
const agentsOf = (pool: string): string => `agents-${pool.split('.')[0] ?? ''}`;

const site = 'Ulm';
const inSite = (one: string, other: string): Ask =>
  ask('register-pair', { pools: [{ fqdn: one, site }, { fqdn: other }] });

/** Two pairs with pools of one site, the first with groups on both pools and a copy on the backup. */
export const foundation: readonly Ask[] = [
  inSite(bergen, floro),
  inSite(hamar, molde),
  registerAgent(kim, bergen),
  registerAgent(lee, floro),
  registerAgent(max, hamar),
  ...[bergen, floro, hamar].flatMap((pool) => [
    createAgentGroup(pool, agentsOf(pool), everyAgent),
    createWorkflow(pool, groupOf(pool), pool === floro),
  ]),
];

const stageCommands = [
  'end-outage',
  'fail-failover',
  'complete-failover',
  'fail-failback',
  'close-incident',
  'complete-replacement',
];

const pool = fc.constantFrom(...everyPool);
const two = fc.uniqueArray(pool, { minLength: 2, maxLength: 2 });
const [first, other] = [two.map(([one = '']) => one), pool];
const agent = fc.constantFrom(...everyAgent);
const call = fc.constantFrom(...everyCall);
const group = pool.map(groupOf);
const agentGroup = pool.map(agentsOf);
const give = stepsOver({ pool, agent, group, agentGroup, call });

const pairing: fc.Arbitrary<EndingStep> = fc.oneof(
  { weight: 4, arbitrary: two.map(([one = '', another = '']) => registerPair(one, another)) },
  { weight: 3, arbitrary: pool.map((at) => ask('unpair', { pool: at })) },
  { weight: 2, arbitrary: pool.map((at) => ask('retire-pool', { pool: at })) },
  { weight: 1, arbitrary: pool.map((at) => ask('unregister-pair', { pool: at })) },
  {
    weight: 2,
    arbitrary: two.map(([failed = '', replacement = '']) => ask('replace-pool', { failed, replacement })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pool, fc.constantFrom('failback', 'replacement'))
      .map(([at, route]) => ask('choose-route', { pool: at, route })),
  },
);

const people: fc.Arbitrary<EndingStep> = fc.oneof(
  give.move,
  give.signIn,
  give.signOut,
  fc
    .tuple(fc.array(fc.record({ agent, pool }), { minLength: 1, maxLength: 2 }), fc.boolean())
    .map(([list, complete]): EndingStep => ({ list, complete })),
);

const calls: fc.Arbitrary<EndingStep> = fc.oneof(
  { weight: 4, arbitrary: give.arrival },
  { weight: 2, arbitrary: fc.tuple(call, pool).map(([id, at]) => callArrives(id, at, groupOf(at))) },
  { weight: 3, arbitrary: give.connection },
  { weight: 1, arbitrary: give.end },
  { weight: 1, arbitrary: give.onBehalf },
);

const files: fc.Arbitrary<EndingStep> = fc.oneof(
  fc.tuple(pool, fc.boolean()).map(([at, removeExported]) => recordExport(at, { removeExported })),
  two.map(([at = '', owner = '']) => recordExport(at, { owner, removeExported: true })),
  pool.map((at) => recordExport(at)),
  give.imports,
  fc
    .tuple(pool, fc.option(pool), fc.integer({ min: 1, max: 2 }), fc.boolean())
    .map(([zipOf, owner, workflows, now]): EndingStep => ({ zipOf, owner: owner ?? zipOf, workflows, now })),
);

const facts: fc.Arbitrary<EndingStep> = fc.oneof(
  fc
    .tuple(
      pool,
      fc.constantFrom('response-group', 'front-end', 'file-share'),
      fc.constantFrom('running', 'stopped'),
    )
    .map(([at, service, state]) => ask('report-service', { pool: at, service, state })),
  pool.map((at) => ask('set-replication', { pool: at, enabled: true, update: true, seeded: true })),
  fc
    .tuple(pool, fc.constantFrom('SteadyState', 'NonSteadyState', 'ErrorState'))
    .map(([at, state]) => ask('report-replication', { pool: at, state })),
  pool.map((at) => ask('set-version', { pool: at, version: '2019' })),
  give.database,
  pool.map((at) => ask('set-targets', { pool: at, recoveryTime: 3_600_000, recoveryPoint: 60_000 })),
  pool.map((at) => ask('annotate-incident', { pool: at, text: 'Seen' })),
  pool.map((at) => ask('choose-reading', { pool: at, reading: 'calls-on-live-backup', choice: 'survive' })),
);

const configuration: fc.Arbitrary<EndingStep> = fc.oneof(
  give.alertTime,
  give.removal,
  pool.map((at) => createWorkflow(at, groupOf(at))),
  pool.map((at) => createAgentGroup(at, agentsOf(at), everyAgent)),
);

const corrections: fc.Arbitrary<EndingStep> = fc.oneof(
  fc.nat(40).map((retracted): EndingStep => ({ retracted })),
  fc.tuple(fc.nat(40), fc.nat(20)).map(([corrected, minutes]): EndingStep => ({ corrected, minutes })),
);

const step: fc.Arbitrary<EndingStep> = fc.oneof(
  { weight: 8, arbitrary: pairing },
  { weight: 6, arbitrary: first.map((onwards): EndingStep => ({ onwards })) },
  { weight: 4, arbitrary: fc.constant<EndingStep>({ onwards: bergen }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...stageCommands), other)
      .map(([name, at]) => ask(name, { pool: at })),
  },
  { weight: 1, arbitrary: pool.map((at) => declareOutage(at, { backEndDatabase: 'available' })) },
  { weight: 1, arbitrary: fc.constant<EndingStep>(ask('declare-site-outage', { site })) },
  { weight: 3, arbitrary: people },
  { weight: 5, arbitrary: calls },
  { weight: 4, arbitrary: files },
  { weight: 2, arbitrary: facts },
  { weight: 2, arbitrary: configuration },
  { weight: 2, arbitrary: corrections },
);

export const endings = (length: number) => fc.array(step, { minLength: length / 2, maxLength: length });

/** Gives the steps one after the other, and shows each with its answer. */
export async function playEndings(
  service: Service,
  history: readonly EndingStep[],
  watch: (step: unknown, answer: Answer) => Promise<void> | void,
  /** Before each command: what goes in its headers. */
  ahead: (command: Ask) => Promise<Headers> = async () => ({}),
): Promise<void> {
  const exportIds: string[] = [];
  for (const taken of history) {
    if ('list' in taken || 'zipOf' in taken) {
      const answer = await ('list' in taken ? sendList(service, taken) : sendZip(service, taken));
      if ('zipOf' in taken) exportIds.push(...exportRecorded(answer.body));
      await watch(taken, answer);
      continue;
    }
    const command = await commandOf(service, taken, exportIds);
    if (command === null) continue;
    const answer = await service.when(command, await ahead(command));
    if (command.name === 'record-export') exportIds.push(...exportRecorded(answer.body));
    await watch(command, answer);
  }
}

type Sent<Name extends string> = Extract<EndingStep, Readonly<Record<Name, unknown>>>;

const sendList = (service: Service, { list, complete }: Sent<'list'>): Promise<Answer> =>
  service.send({
    method: 'PUT',
    url: `/v1/agents${complete ? '?complete=true' : ''}`,
    headers: { 'content-type': 'text/csv' },
    payload: [
      'SipAddress,RegistrarPool,Enabled,EnterpriseVoiceEnabled',
      ...list.map(({ agent: address, pool: at }) => `${address},${at},True,True`),
    ].join('\r\n'),
  });

const sendZip = (service: Service, { zipOf, owner, workflows, now }: Sent<'zipOf'>): Promise<Answer> =>
  service.send({
    method: 'PUT',
    url: `/v1/pools/${zipOf}/exports/${zipOf}.zip${now ? '?now=true' : ''}`,
    headers: { 'content-type': 'application/zip' },
    payload: exportFile({ ...deployment({ workflows, audioFiles: 0, pool: owner }), pool: zipOf }),
  });

async function commandOf(
  service: Service,
  taken: Exclude<EndingStep, Sent<'list'> | Sent<'zipOf'>>,
  exportIds: readonly string[],
): Promise<Ask | null> {
  if (!('retracted' in taken) && !('corrected' in taken))
    return await commandOfStep(service, taken, exportIds);
  const back = 'retracted' in taken ? taken.retracted : taken.corrected;
  const event = await eventBack(service, back);
  if (event === null) return null;
  const told = { eventId: event.id, reason: 'A mistake' };
  if ('retracted' in taken) return ask('retract', told);
  const occurredAt = new Date(Date.parse(event.recordedAt) - taken.minutes * 60_000).toISOString();
  return ask('correct-time', { ...told, occurredAt });
}

async function eventBack(
  { poolkeeper: { store } }: Service,
  back: number,
): Promise<{ readonly id: string; readonly recordedAt: string } | null> {
  const events: StoredEvent[] = [];
  for await (const page of store.readAll()) events.push(...page);
  return events.at(-1 - back) ?? null;
}
