/** Objects with all properties that the product would give them, and their way to the partner. */
import type { ExportedObject } from '../../events/transfer.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ObjectKind } from '../../events/vocabulary.js';
import { defaultApplicationSettings } from '../../policy/application-settings.js';
import { completeProperties } from '../../src/domain/properties/properties.js';
import { partnerOfPool } from './story.js';

export interface Described {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly name?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Required properties, which have no default. */
const required = ({ kind, id }: Described): Readonly<Record<string, unknown>> => {
  if (kind === 'workflow') return { primaryUri: `sip:${id}@contoso.com` };
  if (kind === 'agent-group') return { participationPolicy: 'Formal' };
  if (kind !== 'holiday-set') return {};
  return { holidayList: [{ name: 'New Year', startDate: '2014-01-01', endDate: '2014-01-02' }] };
};

const completed = (object: Described) => {
  const { errors, properties } = completeProperties(object.kind, {
    ...required(object),
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

export const createdInFull = (pool: string, object: Described): PoolkeeperEvent => ({
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

/** Created on `owner`, exported from it and imported to its partner: the stand-in for when the owner fails. */
export const createdAndImported = (owner: string, ...objects: readonly Described[]): PoolkeeperEvent[] => [
  ...objects.map((object) => createdInFull(owner, object)),
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

export const helpDesk: Described = { kind: 'workflow', id: 'help-desk', name: 'Help Desk' };
export const agents: Described = { kind: 'agent-group', id: 'agents', name: 'Agents' };
