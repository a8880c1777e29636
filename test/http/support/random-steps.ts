/** What random histories are made of: commands over names that are given, and steps that become a command once it is their turn. */
import fc from 'fast-check';
import type { JsonObject } from '../../../events/envelope.js';
import { textOf } from '../../../examples/generator/text-of.js';
import {
  ask,
  callArrives,
  callConnects,
  callEnds,
  callOnBehalf,
  importGroups,
  modifyObject,
  moveAgent,
  reportDatabase,
  signIn,
  signOut,
} from './commands.js';
import type { Ask, Service } from './service.js';

/** A command, an import of an export that an earlier one recorded (counted from the latest), or a pool's next stage. */
export type Step =
  | Ask
  | { readonly importOf: number; readonly destination: string; readonly more: JsonObject }
  | { readonly onwards: string };

/** What the names in the commands are. */
export interface Names {
  readonly pool: fc.Arbitrary<string>;
  readonly agent: fc.Arbitrary<string>;
  /** Ids of workflows. */
  readonly group: fc.Arbitrary<string>;
  readonly agentGroup: fc.Arbitrary<string>;
  readonly call: fc.Arbitrary<string>;
  readonly tool?: fc.Arbitrary<string>;
}

const seconds = fc.integer({ min: 10, max: 12 });
const database = fc.constantFrom('available', 'unavailable', 'unknown');
const switches = fc.record(
  { overwriteOwner: fc.boolean(), replaceExistingSettings: fc.boolean(), resolveNameConflicts: fc.boolean() },
  { requiredKeys: [] },
);

export function stepsOver({
  pool,
  agent,
  group,
  agentGroup,
  call,
  tool = fc.constant('managementShell'),
}: Names) {
  return {
    arrival: fc.tuple(call, pool, group).map((given) => callArrives(...given)),
    connection: fc.tuple(call, agent).map((given) => callConnects(...given)),
    end: call.map(callEnds),
    onBehalf: fc.tuple(agent, pool, group).map((given) => callOnBehalf(...given)),
    signIn: fc.tuple(agent, pool, agentGroup).map((given) => signIn(...given)),
    signOut: fc.tuple(agent, pool, agentGroup).map((given) => signOut(...given)),
    move: fc.tuple(agent, pool, fc.boolean()).map((given) => moveAgent(...given)),
    database: fc.tuple(pool, database).map((given) => reportDatabase(...given)),
    alertTime: fc
      .tuple(pool, agentGroup, seconds, tool)
      .map(([at, id, time, by]) => modifyObject(at, 'agent-group', id, { agentAlertTime: time }, by)),
    removal: fc
      .tuple(pool, group, tool)
      .map(([at, id, by]) => ask('remove-object', { pool: at, kind: 'workflow', id, tool: by })),
    imports: fc
      .tuple(fc.integer({ min: 1, max: 3 }), pool, switches)
      .map(([importOf, destination, more]): Step => ({ importOf, destination, more })),
  };
}

const onwardsFrom: Readonly<Record<string, string>> = {
  normal: 'declare-outage',
  outage: 'initiate-failover',
  'failing-over': 'complete-failover',
  'failed-over': 'failback',
  'failing-back': 'complete-failback',
  'failed-back': 'close-incident',
};

/** The command that a step stands for, in the service as it is now. */
export async function commandOf(service: Service, step: Step, exportIds: readonly string[]): Promise<Ask> {
  if ('name' in step) return step;
  if ('importOf' in step)
    return importGroups(step.destination, exportIds.at(-step.importOf) ?? 'no-export-yet', step.more);
  const { body } = await service.get(`/v1/pools/${step.onwards}`);
  return ask(onwardsFrom[textOf(body['stage'] ?? '')] ?? 'declare-outage', { pool: step.onwards });
}

/** The id of the export that an answer speaks of, to be imported by a later step. */
export const exportRecorded = ({ exportId }: JsonObject): readonly string[] =>
  typeof exportId === 'string' ? [exportId] : [];
