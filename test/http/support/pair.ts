import type { JsonObject } from '../../../events/envelope.js';
import {
  ask,
  callArrives,
  callConnects,
  createAgentGroup,
  createWorkflow,
  importGroups,
  recordExport,
  registerAgent,
  registerPair,
} from './commands.js';
import type { Answer, Service } from './service.js';
import { textOf } from '../../../examples/generator/text-of.js';

/** Which of the two pools, in the order of registration, plays the primary in the outage. */
export type Primary = 'first' | 'second';
export const eitherPool: readonly Primary[] = ['first', 'second'];

export type Stage = 'outage' | 'failing-over' | 'failed-over' | 'failing-back' | 'failed-back';

const wayTo: Readonly<Record<Stage, readonly string[]>> = {
  outage: ['declare-outage'],
  'failing-over': ['declare-outage', 'initiate-failover'],
  'failed-over': ['declare-outage', 'initiate-failover', 'complete-failover'],
  'failing-back': ['declare-outage', 'initiate-failover', 'complete-failover', 'failback'],
  'failed-back': [
    'declare-outage',
    'initiate-failover',
    'complete-failover',
    'failback',
    'complete-failback',
  ],
};

let pairs = 0;
let calls = 0;

/**
 * A pair of pools of its own in a running service. Each pool owns a formal agent group, a workflow that shows its
 * agents and one that hides them; an agent is homed in each pool, and both agents are in every group.
 */
export class Pair {
  readonly agentOfPrimary: string;
  readonly agentOfBackup: string;
  readonly ownGroup: string;
  readonly groupOfBackup: string;
  readonly regular: string;
  readonly anonymous: string;
  readonly regularOfBackup: string;
  private taken = 0;

  private constructor(
    readonly service: Service,
    readonly primary: string,
    readonly backup: string,
    readonly number: number,
  ) {
    this.agentOfPrimary = `sip:kim-${number}@contoso.com`;
    this.agentOfBackup = `sip:lee-${number}@contoso.com`;
    this.ownGroup = `first-line-${number}`;
    this.groupOfBackup = `night-shift-${number}`;
    this.regular = `help-desk-${number}`;
    this.anonymous = `counselling-${number}`;
    this.regularOfBackup = `reception-${number}`;
  }

  static async registered(service: Service, playsPrimary: Primary = 'first', more: JsonObject = {}) {
    pairs += 1;
    const [first, second] = [`berlin-${pairs}.contoso.com`, `hamburg-${pairs}.contoso.com`];
    const [primary, backup] = playsPrimary === 'first' ? [first, second] : [second, first];
    const pair = new Pair(service, primary, backup, pairs);
    const everybody = [pair.agentOfPrimary, pair.agentOfBackup];
    await service.given(
      registerPair(first, second, more),
      registerAgent(pair.agentOfPrimary, primary),
      registerAgent(pair.agentOfBackup, backup),
      createAgentGroup(primary, pair.ownGroup, everybody),
      createAgentGroup(backup, pair.groupOfBackup, everybody),
      createWorkflow(primary, pair.regular),
      createWorkflow(primary, pair.anonymous, true),
      createWorkflow(backup, pair.regularOfBackup),
    );
    return pair;
  }

  /** The same with the primary's groups imported into the backup pool before anything fails. */
  static async withImport(service: Service, playsPrimary: Primary = 'first', more: JsonObject = {}) {
    const pair = await Pair.registered(service, playsPrimary, more);
    const { body } = await service.when(recordExport(pair.primary));
    await service.given(importGroups(pair.backup, textOf(body['exportId'])));
    return pair;
  }

  /** The same pair in a service that goes on with its log. */
  in(service: Service): Pair {
    const same = new Pair(service, this.primary, this.backup, this.number);
    same.taken = this.taken;
    return same;
  }

  /** The primary goes on, by the way of a disaster, to the stage. */
  async reaches(stage: Stage): Promise<void> {
    const way = wayTo[stage].slice(this.taken);
    await this.service.given(...way.map((name) => ask(name, { pool: this.primary })));
    this.taken = wayTo[stage].length;
  }

  /** A call for one of the primary's groups; the answer tells what it met. */
  async newCall(responseGroup = this.regular): Promise<{ readonly id: string; readonly answer: Answer }> {
    calls += 1;
    const id = `call-${calls}`;
    return { id, answer: await this.service.when(callArrives(id, this.primary, responseGroup)) };
  }

  /** A call for one of the primary's groups that an agent has answered. */
  async connectedCall(responseGroup = this.regular, agent = this.agentOfBackup): Promise<string> {
    const { id } = await this.newCall(responseGroup);
    await this.service.given(callConnects(id, agent));
    return id;
  }

  async call(id: string): Promise<JsonObject> {
    return await this.service.shown(`/v1/calls/${id}`);
  }

  /** A row in force for calls of the primary's groups. */
  async rowInForce(row: string, when: JsonObject): Promise<unknown> {
    const { rows } = await this.service.shown(`/v1/pools/${this.primary}/call-status`);
    return entries(rows).find(
      (entry) => entry['row'] === row && JSON.stringify(entry['when']) === JSON.stringify(when),
    );
  }

  /** How a view of the primary, or of its partner, shows one copy. */
  async copyIn(
    view: 'visibility' | 'editability',
    kind: string,
    id: string,
    parent: string,
    seenFrom = this.primary,
  ): Promise<unknown> {
    const { objects } = await this.service.shown(`/v1/pools/${seenFrom}/${view}`);
    return entries(objects).find(
      (entry) => entry['kind'] === kind && entry['id'] === id && entry['parent'] === parent,
    );
  }

  /** How the console of an agent shows one copy of an agent group. */
  async groupOnConsole(agent: string, id: string, parent: string): Promise<unknown> {
    const { objects } = await this.service.shown(`/v1/agents/${agent}/console`);
    return entries(objects).find((entry) => entry['id'] === id && entry['parent'] === parent);
  }
}

/** The entries of a list in a view. */
export const entries = (list: unknown): readonly JsonObject[] =>
  Array.isArray(list) ? (list as readonly JsonObject[]) : [];
