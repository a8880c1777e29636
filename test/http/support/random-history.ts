/** Sequences of commands as administrators, agents and callers might give them: most legal, some not. */
import fc from 'fast-check';
import type { JsonObject } from '../../../events/envelope.js';
import {
  ask,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  recordExport,
  registerAgent,
  registerPair,
} from './commands.js';
import { commandOf, exportRecorded, stepsOver, type Step } from './random-steps.js';
import type { Ask, Headers, Service } from './service.js';

export { commandOf, type Step };

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
  const give = stepsOver({ pool, agent, group, agentGroup, call, tool });
  // Mostly of the first pool, so that whole ways through an incident come up.
  const failing = fc.oneof(
    { weight: 4, arbitrary: fc.constant(poolsOfPair(pair)[0]) },
    { weight: 1, arbitrary: pool },
  );
  const stage = fc
    .tuple(fc.constantFrom(...stageCommands), failing)
    .map(([name, at]) => ask(name, { pool: at }));
  const configuration = fc.oneof(
    give.alertTime,
    give.removal,
    fc.tuple(pool, fc.boolean()).map(([at, removeExported]) => recordExport(at, { removeExported })),
    fc
      .constantFrom('literal', 'survive')
      .map((choice) =>
        ask('choose-reading', { pool: poolsOfPair(pair)[0], reading: 'calls-on-live-backup', choice }),
      ),
  );
  return fc.oneof(
    { weight: 6, arbitrary: failing.map((onwards): Step => ({ onwards })) },
    { weight: 3, arbitrary: stage },
    { weight: 6, arbitrary: give.arrival },
    { weight: 4, arbitrary: give.connection },
    { weight: 1, arbitrary: give.end },
    { weight: 1, arbitrary: give.onBehalf },
    { weight: 2, arbitrary: give.signIn },
    { weight: 1, arbitrary: give.signOut },
    { weight: 1, arbitrary: give.move },
    { weight: 1, arbitrary: give.database },
    { weight: 1, arbitrary: pool.map((at) => declareOutage(at, { backEndDatabase: 'available' })) },
    { weight: 2, arbitrary: configuration },
    { weight: withImports ? 3 : 0, arbitrary: give.imports },
  );
}

export const histories = (pairs: readonly number[], { withImports }: { readonly withImports: boolean }) =>
  fc.array(fc.oneof(...pairs.map((pair) => steps(pair, withImports))), { minLength: 15, maxLength: 45 });

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
    if (command.name === 'record-export') exportIds.push(...exportRecorded(answer.body));
    await watch(command, answer.status, answer.body);
  }
}
