/** Sequences of commands in which pools change their pairs, are replaced and retired, in the middle of everything else. */
import fc from 'fast-check';
import type { JsonObject } from '../../../events/envelope.js';
import { textOf } from '../../../examples/generator/text-of.js';
import {
  ask,
  callArrives,
  callConnects,
  callEnds,
  callOnBehalf,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  importGroups,
  modifyObject,
  moveAgent,
  recordExport,
  registerAgent,
  registerPair,
  reportDatabase,
  signIn,
  signOut,
} from './commands.js';
import type { Answer, Ask, Service } from './service.js';

/** A command, or what becomes one in the service as it is then. */
export type EndingStep =
  | Ask
  | { readonly onwards: string }
  /** An export that an earlier step recorded, counted from the latest. */
  | { readonly importOf: number; readonly destination: string; readonly more: JsonObject }
  /** An event, counted from the end of the log. */
  | { readonly retracted: number }
  | { readonly corrected: number; readonly minutes: number }
  | { readonly list: readonly { readonly agent: string; readonly pool: string }[] };

const short = ['bergen', 'floro', 'hamar', 'molde', 'narvik'];
export const everyPool: readonly string[] = short.map((name) => `${name}.contoso.com`);
export const everyAgent: readonly string[] = ['kim', 'lee', 'max'].map((name) => `sip:${name}@contoso.com`);
export const everyCall: readonly string[] = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `call-${number}`);
const [bergen = '', floro = '', hamar = '', molde = ''] = everyPool;
const [kim = '', lee = '', max = ''] = everyAgent;
const groupOf = (pool: string): string => `callers-${pool.split('.')[0] ?? ''}`;
const agentsOf = (pool: string): string => `agents-${pool.split('.')[0] ?? ''}`;

/** Two pairs, the first with groups on both pools and a copy on the backup. */
export const foundation: readonly Ask[] = [
  registerPair(bergen, floro),
  registerPair(hamar, molde),
  registerAgent(kim, bergen),
  registerAgent(lee, floro),
  registerAgent(max, hamar),
  ...[bergen, floro, hamar].flatMap((pool) => [
    createAgentGroup(pool, agentsOf(pool), everyAgent),
    createWorkflow(pool, groupOf(pool), pool === floro),
  ]),
];

const onwardsFrom: Readonly<Record<string, string>> = {
  normal: 'declare-outage',
  outage: 'initiate-failover',
  'failing-over': 'complete-failover',
  'failed-over': 'failback',
  'failing-back': 'complete-failback',
  'failed-back': 'close-incident',
};

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
const seconds = fc.integer({ min: 10, max: 12 });

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
  fc.tuple(agent, pool, fc.boolean()).map((given) => moveAgent(...given)),
  fc.tuple(agent, pool, agentGroup).map((given) => signIn(...given)),
  fc.tuple(agent, pool, agentGroup).map((given) => signOut(...given)),
  fc.array(fc.record({ agent, pool }), { minLength: 1, maxLength: 2 }).map((list): EndingStep => ({ list })),
);

const calls: fc.Arbitrary<EndingStep> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(call, pool, group).map((given) => callArrives(...given)) },
  { weight: 2, arbitrary: fc.tuple(call, pool).map(([id, at]) => callArrives(id, at, groupOf(at))) },
  { weight: 3, arbitrary: fc.tuple(call, agent).map((given) => callConnects(...given)) },
  { weight: 1, arbitrary: call.map(callEnds) },
  { weight: 1, arbitrary: fc.tuple(agent, pool, group).map((given) => callOnBehalf(...given)) },
);

const files: fc.Arbitrary<EndingStep> = fc.oneof(
  fc.tuple(pool, fc.boolean()).map(([at, removeExported]) => recordExport(at, { removeExported })),
  two.map(([at = '', owner = '']) => recordExport(at, { owner, removeExported: true })),
  pool.map((at) => recordExport(at)),
  fc
    .tuple(
      fc.integer({ min: 1, max: 3 }),
      pool,
      fc.record(
        {
          overwriteOwner: fc.boolean(),
          replaceExistingSettings: fc.boolean(),
          resolveNameConflicts: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([importOf, destination, more]): EndingStep => ({ importOf, destination, more })),
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
  fc
    .tuple(pool, fc.constantFrom('available', 'unavailable', 'unknown'))
    .map((given) => reportDatabase(...given)),
  pool.map((at) => ask('set-targets', { pool: at, recoveryTime: 3_600_000, recoveryPoint: 60_000 })),
  pool.map((at) => ask('annotate-incident', { pool: at, text: 'Seen' })),
  pool.map((at) => ask('choose-reading', { pool: at, reading: 'calls-on-live-backup', choice: 'survive' })),
);

const configuration: fc.Arbitrary<EndingStep> = fc.oneof(
  fc
    .tuple(pool, agentGroup, seconds)
    .map(([at, id, agentAlertTime]) => modifyObject(at, 'agent-group', id, { agentAlertTime })),
  fc
    .tuple(pool, group)
    .map(([at, id]) => ask('remove-object', { pool: at, kind: 'workflow', id, tool: 'managementShell' })),
  pool.map((at) => createWorkflow(at, groupOf(at))),
  pool.map((at) => createAgentGroup(at, agentsOf(at), everyAgent)),
);

const corrections: fc.Arbitrary<EndingStep> = fc.oneof(
  fc.nat(20).map((retracted): EndingStep => ({ retracted })),
  fc.tuple(fc.nat(20), fc.nat(2)).map(([corrected, minutes]): EndingStep => ({ corrected, minutes })),
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
): Promise<void> {
  const exportIds: string[] = [];
  for (const taken of history) {
    if ('list' in taken) {
      await watch(taken, await sendList(service, taken.list));
      continue;
    }
    const command = await commandOf(service, taken, exportIds);
    if (command === null) continue;
    const answer = await service.when(command);
    const { exportId } = answer.body;
    if (typeof exportId === 'string' && command.name === 'record-export') exportIds.push(exportId);
    await watch(command, answer);
  }
}

const sendList = (
  service: Service,
  list: readonly { readonly agent: string; readonly pool: string }[],
): Promise<Answer> =>
  service.send({
    method: 'PUT',
    url: '/v1/agents',
    headers: { 'content-type': 'text/csv' },
    payload: [
      'SipAddress,RegistrarPool,Enabled,EnterpriseVoiceEnabled',
      ...list.map(({ agent: address, pool: at }) => `${address},${at},True,True`),
    ].join('\r\n'),
  });

async function commandOf(
  service: Service,
  taken: Exclude<EndingStep, { readonly list: unknown }>,
  exportIds: readonly string[],
): Promise<Ask | null> {
  if ('name' in taken) return taken;
  if ('onwards' in taken) {
    const { body } = await service.get(`/v1/pools/${taken.onwards}`);
    return ask(onwardsFrom[textOf(body['stage'] ?? '')] ?? 'declare-outage', { pool: taken.onwards });
  }
  if ('importOf' in taken)
    return importGroups(taken.destination, exportIds.at(-taken.importOf) ?? 'no-export-yet', taken.more);
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
  const last = (await store.lastPosition()) ?? 0n;
  const upTo = last - BigInt(back);
  for await (const page of store.readAll({ after: upTo - 1n, upTo })) {
    const event = page.at(-1);
    if (event !== undefined) return event;
  }
  return null;
}
