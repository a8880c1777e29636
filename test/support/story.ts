/** Events to begin a story with: a pair, its objects, what was imported, and the way to a stage. */
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ExportedObject } from '../../events/transfer.js';
import type { BackEndDatabaseState, ObjectKind } from '../../events/vocabulary.js';
import { defaultApplicationSettings } from '../../policy/application-settings.js';
import type { Stage } from '../../policy/stages.js';
import { completeProperties } from '../../src/domain/properties/properties.js';
import { pairIdOf } from '../../src/domain/pair-id.js';

export const P = 'primary.contoso.com';
export const B = 'backup.contoso.com';
export const pairId = pairIdOf([P, B]);
export const partnerOfPool = (pool: string): string => (pool === P ? B : P);

export const paired: PoolkeeperEvent = {
  type: 'PairRegistered',
  data: {
    pairId,
    pools: [
      { fqdn: P, site: 'Redmond' },
      { fqdn: B, site: 'Dublin' },
    ],
    readings: { 'calls-on-live-backup': 'literal' },
  },
};

export interface Described {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly name?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

const whatItNeeds = ({ kind, id }: Described): Readonly<Record<string, unknown>> => {
  if (kind === 'workflow') return { primaryUri: `sip:${id}@contoso.com` };
  if (kind === 'agent-group') return { participationPolicy: 'Formal' };
  if (kind !== 'holiday-set') return {};
  return { holidayList: [{ name: 'New Year', startDate: '2014-01-01', endDate: '2014-01-02' }] };
};

const completed = (object: Described) => {
  const { errors, properties } = completeProperties(object.kind, {
    ...whatItNeeds(object),
    ...object.properties,
  });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return {
    kind: object.kind,
    id: object.id,
    name: object.name ?? `The ${object.kind} ${object.id}`,
    properties,
  };
};

export const created = (pool: string, object: Described): PoolkeeperEvent => ({
  type: 'ObjectCreated',
  data: { pool, ...completed(object), tool: 'managementShell' },
});

export const exportOf = (
  pool: string,
  objects: readonly (Described & { readonly owner?: string })[],
  exportId = 'export-1',
): PoolkeeperEvent => ({
  type: 'ResponseGroupsExported',
  data: {
    exportId,
    pool,
    owner: null,
    fileName: null,
    removeExported: false,
    objects: objects.map((object): ExportedObject => ({ ...completed(object), owner: object.owner ?? pool })),
    applicationSettings: defaultApplicationSettings,
    file: null,
  },
});

/** Created on `owner`, exported from it and imported to its partner: what stands in when the owner fails. */
export const createdAndImported = (owner: string, ...objects: readonly Described[]): PoolkeeperEvent[] => [
  ...objects.map((object) => created(owner, object)),
  exportOf(owner, objects),
  {
    type: 'ResponseGroupsImported',
    data: {
      exportId: 'export-1',
      destination: partnerOfPool(owner),
      overwriteOwner: false,
      replaceExistingSettings: false,
      resolveNameConflicts: false,
      objects: objects.map((object) => {
        const { kind, id, name } = completed(object);
        return { kind, id, name, owner };
      }),
    },
  },
];

/** The usual way of a pool to a stage. */
export function reaching(
  stage: Stage,
  pool = P,
  backEndDatabase: BackEndDatabaseState = 'unknown',
): PoolkeeperEvent[] {
  const way: readonly (readonly [Stage, PoolkeeperEvent])[] = [
    ['outage', { type: 'OutageDeclared', data: { pool, backEndDatabase, reason: null, site: null } }],
    [
      'failing-over',
      { type: 'FailoverInitiated', data: { pool, backup: partnerOfPool(pool), disasterMode: true } },
    ],
    ['failed-over', { type: 'FailoverCompleted', data: { pool, reason: null } }],
    ['failing-back', { type: 'FailbackInitiated', data: { pool } }],
    ['failed-back', { type: 'FailbackCompleted', data: { pool, reason: null } }],
  ];
  const last = way.findIndex(([reached]) => reached === stage);
  return way.slice(0, last + 1).map(([, event]) => event);
}

export const helpDesk: Described = { kind: 'workflow', id: 'help-desk', name: 'Help Desk' };
export const agents: Described = { kind: 'agent-group', id: 'agents', name: 'Agents' };
export const ann = 'sip:ann@contoso.com';
export const annIsHomedIn = (homePool: string): PoolkeeperEvent => ({
  type: 'AgentRegistered',
  data: { agent: ann, homePool },
});
