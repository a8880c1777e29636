/** Sequences of commands in which a pair replicates, is exported, imported and shown by files, and loses a pool for good. */
import fc from 'fast-check';
import type { JsonObject } from '../../../events/envelope.js';
import { exportFile } from '../../../examples/generator/export-file/export-file.js';
import { textOf } from '../../../examples/generator/text-of.js';
import { defaultsOf, propertyTables } from '../../../policy/object-properties/tables.js';
import { uuidOf } from '../../../src/runtime/identifiers.js';
import {
  ask,
  callArrives,
  createAgentGroup,
  createWorkflow,
  importGroups,
  modifyObject,
  recordExport,
  registerAgent,
  registerPair,
  signIn,
} from './commands.js';
import type { Answer, Ask, Service } from './service.js';

/** A command, or what becomes one in the service as it is then. Minutes are counted back from now. */
export type ReplicationStep =
  | Ask
  | { readonly onwards: string; readonly replacing: boolean }
  | {
      readonly report: string;
      readonly state: string;
      readonly more: JsonObject;
      readonly upTo: number | null;
      readonly asked: number | null;
    }
  | { readonly importInto: string; readonly overwriteOwner: boolean }
  /** A file of a pool, with so many of the groups of each. */
  | { readonly fileOf: string; readonly own: number; readonly others: number; readonly variant: number };

const [berg, fjord, vik] = ['berg.contoso.com', 'fjord.contoso.com', 'vik.contoso.com'];
/** The third takes the place of the first. */
export const pools: readonly string[] = [berg, fjord, vik];
export const agent = 'sip:kim@contoso.com';
export const calls: readonly string[] = ['call-1', 'call-2', 'call-3', 'call-4'];

const idOf = (owner: string, number: number): string => uuidOf(`team ${number} of ${owner}`);
const workflowOf = (owner: string): string => `line-${owner.split('.')[0] ?? ''}`;

export const beginnings: readonly Ask[] = [
  registerPair(berg, fjord, { version: '2019' }),
  registerAgent(agent, berg),
  ...[berg, fjord].flatMap((pool) => [
    createAgentGroup(pool, idOf(pool, 1), [agent]),
    createWorkflow(pool, workflowOf(pool)),
  ]),
  ask('set-replication', { pool: berg, enabled: true, update: true, seeded: true }),
];

const pool = fc.constantFrom(berg, berg, fjord, fjord, vik);
const owner = fc.constantFrom(berg, fjord);
const number = fc.constantFrom(1, 2);
const minutes = fc.option(fc.integer({ min: 0, max: 30 }));

const replication: fc.Arbitrary<ReplicationStep> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      report: pool,
      state: fc.constantFrom(
        'SteadyState',
        'SteadyState',
        'FinalState',
        'NonSteadyState',
        'ErrorState',
        'NotInitialized',
      ),
      more: fc.record({ importState: fc.constantFrom('NormalState', 'ErrorState') }, { requiredKeys: [] }),
      upTo: minutes,
      asked: minutes,
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        pool,
        fc.record(
          { enabled: fc.boolean(), update: fc.boolean(), seeded: fc.boolean() },
          { requiredKeys: [] },
        ),
      )
      .map(([at, more]) => ask('set-replication', { pool: at, ...more })),
  },
);

const edits: fc.Arbitrary<ReplicationStep> = fc.oneof(
  fc.tuple(pool, owner, number).map(([at, of, one]) => createAgentGroup(at, idOf(of, one), [agent])),
  fc
    .tuple(pool, owner, number, fc.integer({ min: 10, max: 12 }))
    .map(([at, of, one, agentAlertTime]) =>
      modifyObject(at, 'agent-group', idOf(of, one), { agentAlertTime }),
    ),
  fc
    .tuple(pool, owner, number)
    .map(([at, of, one]) =>
      ask('remove-object', { pool: at, kind: 'agent-group', id: idOf(of, one), tool: 'managementShell' }),
    ),
);

const files: fc.Arbitrary<ReplicationStep> = fc.oneof(
  pool.map((at) => recordExport(at)),
  fc
    .tuple(pool, pool, fc.boolean())
    .map(([at, of, removeExported]) => recordExport(at, { owner: of, removeExported })),
  fc.record({ importInto: pool, overwriteOwner: fc.boolean() }),
  fc.record({
    fileOf: pool,
    own: fc.constantFrom(1, 2),
    others: fc.nat({ max: 2 }),
    variant: fc.nat({ max: 1 }),
  }),
);

const others: fc.Arbitrary<ReplicationStep> = fc.oneof(
  fc.tuple(fc.constantFrom(...calls), pool, owner).map(([id, at, of]) => callArrives(id, at, workflowOf(of))),
  fc.tuple(pool, owner, number).map(([at, of, one]) => signIn(agent, at, idOf(of, one))),
  fc
    .tuple(pool, fc.constantFrom('failback', 'replacement'))
    .map(([at, route]) => ask('choose-route', { pool: at, route })),
);

const step: fc.Arbitrary<ReplicationStep> = fc.oneof(
  { weight: 5, arbitrary: replication },
  { weight: 4, arbitrary: edits },
  { weight: 4, arbitrary: files },
  { weight: 2, arbitrary: others },
  { weight: 5, arbitrary: fc.record({ onwards: pool, replacing: fc.boolean() }) },
);

export const replicationHistory = (length: number) =>
  fc.array(step, { minLength: length / 2, maxLength: length });

const onwardsFrom: Readonly<Record<string, string>> = {
  normal: 'declare-outage',
  outage: 'initiate-failover',
  'failing-over': 'complete-failover',
  'failed-over': 'failback',
  'failing-back': 'complete-failback',
  'failed-back': 'close-incident',
};

/** Gives one step after the other; an import is of the latest file. */
export class Replaying {
  #exportId: string | null = null;

  constructor(private readonly service: Service) {}

  /** Null where there is nothing to give. */
  async give(taken: ReplicationStep, now: Date): Promise<Answer | null> {
    const answer = await this.#given(taken, now);
    const { exportId } = answer?.body ?? {};
    if (typeof exportId === 'string') this.#exportId = exportId;
    return answer;
  }

  async #given(taken: ReplicationStep, now: Date): Promise<Answer | null> {
    const { service } = this;
    if ('name' in taken) return await service.when(taken);
    if ('report' in taken) return await service.when(reportAt(taken, now));
    if ('fileOf' in taken) return await addFile(service, taken);
    if ('onwards' in taken) return await goOnwards(service, taken);
    const { importInto, overwriteOwner } = taken;
    return this.#exportId === null
      ? null
      : await service.when(importGroups(importInto, this.#exportId, { overwriteOwner }));
  }
}

type Of<Key extends string> = Extract<ReplicationStep, Readonly<Record<Key, unknown>>>;

function reportAt({ report, state, more, upTo, asked }: Of<'report'>, now: Date): Ask {
  const ago = (count: number): string => new Date(now.getTime() - count * 60_000).toISOString();
  return ask('report-replication', {
    pool: report,
    state,
    ...more,
    ...(upTo === null ? {} : { at: ago(upTo) }),
    ...(asked === null ? {} : { occurredAt: ago(asked) }),
  });
}

async function goOnwards(service: Service, { onwards, replacing }: Of<'onwards'>): Promise<Answer> {
  const stage = textOf((await service.get(`/v1/pools/${onwards}`)).body['stage'] ?? '');
  if (stage !== 'failed-over' || !replacing)
    return await service.when(ask(onwardsFrom[stage] ?? 'declare-outage', { pool: onwards }));
  const completed = await service.when(ask('complete-replacement', { pool: onwards }));
  if (completed.status === 200) return completed;
  return await service.when(ask('replace-pool', { failed: onwards, replacement: vik }));
}

async function addFile(
  service: Service,
  { fileOf, own, others: ofOthers, variant }: Of<'fileOf'>,
): Promise<Answer> {
  const partner = fileOf === fjord ? berg : fjord;
  const described = (of: string, count: number) =>
    [1, 2].slice(0, count).map((one) => ({
      kind: 'agent-group' as const,
      id: idOf(of, one),
      name: `Agents of ${idOf(of, one)}`,
      owner: of,
      properties: {
        ...defaultsOf(propertyTables['agent-group']),
        agentsByUri: [agent],
        agentAlertTime: 10 + variant,
      },
    }));
  return await service.send({
    method: 'PUT',
    url: `/v1/pools/${fileOf}/exports/file-${own}${ofOthers}${variant}.zip?now=true`,
    headers: { 'content-type': 'application/zip' },
    payload: exportFile({
      pool: fileOf,
      objects: [...described(fileOf, own), ...described(partner, ofOthers)],
      applicationSettings: {
        agentRingbackGracePeriod: 30,
        defaultMusicOnHoldFile: null,
        disableCallContext: false,
      },
    }),
  });
}
