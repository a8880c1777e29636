/** Sequences of commands as administrators, agents and callers might give them: most legal, some not. */
import fc from 'fast-check';
import type { JsonObject } from '../../../events/envelope.js';
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
import type { Ask, Headers, Service } from './service.js';
import { textOf } from '../../../examples/generator/text-of.js';

/** A command, an import of an export that an earlier one recorded (counted from the latest), or a pool's next stage. */
export type Step =
  | Ask
  | { readonly importOf: number; readonly destination: string; readonly more: JsonObject }
  | { readonly onwards: string };

const onwardsFrom: Readonly<Record<string, string>> = {
  normal: 'declare-outage',
  outage: 'initiate-failover',
  'failing-over': 'complete-failover',
  'failed-over': 'failback',
  'failing-back': 'complete-failback',
  'failed-back': 'close-incident',
};

export const poolsOfPair = (pair: number): readonly [string, string] => [
  `one-${pair}.contoso.com`,
  `other-${pair}.contoso.com`,
];
const agentsOfPair = (pair: number): readonly string[] => [
  `sip:kim-${pair}@contoso.com`,
  `sip:lee-${pair}@contoso.com`,
];
const groupsOfPair = (pair: number): readonly string[] => [
  `regular-${pair}`,
  `anonymous-${pair}`,
  `foreign-${pair}`,
];

/** Registers a pair with groups of both pools, one of them anonymous. */
export const founding = (pair: number): readonly Ask[] => {
  const [one, other] = poolsOfPair(pair);
  const [kim = '', lee = ''] = agentsOfPair(pair);
  const [regular = '', anonymous = '', foreign = ''] = groupsOfPair(pair);
  return [
    registerPair(one, other),
    registerAgent(kim, one),
    registerAgent(lee, other),
    createAgentGroup(one, `agents-${pair}`, [kim, lee]),
    createAgentGroup(other, `others-${pair}`, [kim, lee]),
    createWorkflow(one, regular),
    createWorkflow(one, anonymous, true),
    createWorkflow(other, foreign, true),
  ];
};

const stageCommands = [
  'declare-outage',
  'end-outage',
  'initiate-failover',
  'complete-failover',
  'fail-failover',
  'failback',
  'complete-failback',
  'fail-failback',
  'close-incident',
] as const;

function steps(pair: number, withImports: boolean): fc.Arbitrary<Step> {
  const pool = fc.constantFrom(...poolsOfPair(pair));
  const agent = fc.constantFrom(...agentsOfPair(pair));
  const group = fc.constantFrom(...groupsOfPair(pair));
  const agentGroup = fc.constantFrom(`agents-${pair}`, `others-${pair}`);
  const call = fc.integer({ min: 1, max: 8 }).map((number) => `call-${pair}-${number}`);
  const tool = fc.constantFrom('controlPanel', 'configurationTool', 'managementShell');
  const seconds = fc.integer({ min: 10, max: 12 });
  const database = fc.constantFrom('available', 'unavailable', 'unknown');
  // Mostly of the first pool, so that whole ways through an incident come up.
  const failing = fc.oneof(
    { weight: 4, arbitrary: fc.constant(poolsOfPair(pair)[0]) },
    { weight: 1, arbitrary: pool },
  );
  const stage = fc
    .tuple(fc.constantFrom(...stageCommands), failing)
    .map(([name, at]) => ask(name, { pool: at }));
  const arrival = fc.tuple(call, pool, group).map((given) => callArrives(...given));
  const connection = fc.tuple(call, agent).map((given) => callConnects(...given));
  const configuration = fc.oneof(
    fc
      .tuple(pool, agentGroup, seconds, tool)
      .map(([at, id, time, by]) => modifyObject(at, 'agent-group', id, { agentAlertTime: time }, by)),
    fc
      .tuple(pool, group, tool)
      .map(([at, id, by]) => ask('remove-object', { pool: at, kind: 'workflow', id, tool: by })),
    fc.tuple(pool, fc.boolean()).map(([at, removeExported]) => recordExport(at, { removeExported })),
    fc
      .constantFrom('literal', 'survive')
      .map((choice) =>
        ask('choose-reading', { pool: poolsOfPair(pair)[0], reading: 'calls-on-live-backup', choice }),
      ),
  );
  const more = fc.record(
    {
      overwriteOwner: fc.boolean(),
      replaceExistingSettings: fc.boolean(),
      resolveNameConflicts: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const imports = fc
    .tuple(fc.integer({ min: 1, max: 3 }), pool, more)
    .map(([importOf, destination, given]): Step => ({ importOf, destination, more: given }));
  return fc.oneof(
    { weight: 6, arbitrary: failing.map((onwards): Step => ({ onwards })) },
    { weight: 3, arbitrary: stage },
    { weight: 6, arbitrary: arrival },
    { weight: 4, arbitrary: connection },
    { weight: 1, arbitrary: call.map(callEnds) },
    { weight: 1, arbitrary: fc.tuple(agent, pool, group).map((given) => callOnBehalf(...given)) },
    { weight: 2, arbitrary: fc.tuple(agent, pool, agentGroup).map((given) => signIn(...given)) },
    { weight: 1, arbitrary: fc.tuple(agent, pool, agentGroup).map((given) => signOut(...given)) },
    { weight: 1, arbitrary: fc.tuple(agent, pool, fc.boolean()).map((given) => moveAgent(...given)) },
    { weight: 1, arbitrary: fc.tuple(pool, database).map((given) => reportDatabase(...given)) },
    { weight: 1, arbitrary: pool.map((at) => declareOutage(at, { backEndDatabase: 'available' })) },
    { weight: 2, arbitrary: configuration },
    { weight: withImports ? 3 : 0, arbitrary: imports },
  );
}

export const histories = (pairs: readonly number[], { withImports }: { readonly withImports: boolean }) =>
  fc.array(fc.oneof(...pairs.map((pair) => steps(pair, withImports))), { minLength: 15, maxLength: 45 });

/** The command that a step stands for, in the service as it is now. */
export async function commandOf(service: Service, step: Step, exportIds: readonly string[]): Promise<Ask> {
  if ('name' in step) return step;
  if ('onwards' in step) {
    const { stage } = await service.shown(`/v1/pools/${step.onwards}`);
    return ask(onwardsFrom[textOf(stage)] ?? 'end-outage', { pool: step.onwards });
  }
  return importGroups(step.destination, exportIds.at(-step.importOf) ?? 'no-export-yet', step.more);
}

/** Gives the commands one after the other, and shows each with its answer. */
export async function play(
  service: Service,
  history: readonly Step[],
  watch: (command: Ask, status: number, body: JsonObject) => Promise<void> | void = () => undefined,
  /** Before each command: what goes in its headers. */
  ahead: (command: Ask) => Promise<Headers> = async () => ({}),
): Promise<void> {
  const exportIds: string[] = [];
  for (const step of history) {
    const command = await commandOf(service, step, exportIds);
    const answer = await service.when(command, await ahead(command));
    const { exportId } = answer.body;
    if (typeof exportId === 'string' && command.name === 'record-export') exportIds.push(exportId);
    await watch(command, answer.status, answer.body);
  }
}
