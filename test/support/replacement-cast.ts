/** Who and what the story of a replaced pool needs: three pools, two agents, a response group, files. */
import type { JsonObject } from '../../events/envelope.js';
import { objectKinds, type Properties } from '../../events/vocabulary.js';
import { exportFile, type DescribedObject } from '../../examples/generator/export-file/export-file.js';
import { defaultsOf, propertyTables } from '../../policy/object-properties/tables.js';
import { uuidOf } from '../../src/runtime/identifiers.js';

export interface Told {
  readonly ok: boolean;
  readonly body: JsonObject;
}

export interface Zip {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly owner?: string;
}

/** A way in: each answers with what the service said. */
export interface WayIn {
  command(name: string, body: JsonObject): Promise<Told>;
  /** Null where exports are typed. */
  readonly addExport: ((pool: string, zip: Zip) => Promise<Told>) | null;
  /** @param asOf a position; now where it is absent */
  view(name: string, pool: string, asOf?: string): Promise<Told>;
  call(id: string): Promise<Told>;
  console(agent: string): Promise<Told>;
}

/** A is lost, B stands in, and C takes the place of A. */
export interface Cast {
  readonly lost: string;
  readonly standIn: string;
  readonly built: string;
  /** Homed in A. */
  readonly kim: string;
  /** Homed in B. */
  readonly lee: string;
  readonly groups: {
    readonly ofLost: readonly DescribedObject[];
    readonly ofStandIn: readonly DescribedObject[];
  };
}

export function castOf(name: string): Cast {
  const pool = (city: string): string => `${city}-${name}.contoso.com`;
  const [lost, standIn, built] = [pool('aachen'), pool('bremen'), pool('chemnitz')];
  const [kim, lee] = [`sip:kim-${name}@contoso.com`, `sip:lee-${name}@contoso.com`];
  const groups = {
    ofLost: groupOf(lost, 'Sales', [kim, lee]),
    // The same name in another case, of all five kinds.
    ofStandIn: groupOf(standIn, 'SALES', [lee]),
  };
  return { lost, standIn, built, kim, lee, groups };
}

/** A response group with an object of each kind; its agents have to sign in. */
function groupOf(pool: string, name: string, agents: readonly string[]): readonly DescribedObject[] {
  const id = (kind: string): string => uuidOf(`replacement ${pool} ${kind}`);
  const properties: Readonly<Record<(typeof objectKinds)[number], Properties>> = {
    workflow: {
      primaryUri: `sip:${name.toLowerCase()}@${pool}`,
      active: true,
      businessHoursId: id('hours-of-business'),
      holidaySetIdList: [id('holiday-set')],
      defaultAction: { action: 'TransferToQueue', queueId: id('queue') },
    },
    queue: { agentGroupIdList: [id('agent-group')] },
    'agent-group': { participationPolicy: 'Formal', agentsByUri: [...agents] },
    'hours-of-business': { mondayHours1: { openTime: '08:00', closeTime: '17:00' } },
    'holiday-set': { holidayList: [{ name: 'Christmas', startDate: '2028-12-25', endDate: '2028-12-27' }] },
  };
  return objectKinds.map((kind) => ({
    kind,
    id: id(kind),
    name,
    owner: pool,
    properties: { ...defaultsOf(propertyTables[kind]), ...properties[kind] },
  }));
}

export const settingsOf = (agentRingbackGracePeriod: number): Properties => ({
  agentRingbackGracePeriod,
  defaultMusicOnHoldFile: null,
  disableCallContext: false,
});

export const zipOf = (pool: string, objects: readonly DescribedObject[], seconds: number): Buffer =>
  exportFile({ pool, objects, applicationSettings: settingsOf(seconds) });

export const idIn = (objects: readonly DescribedObject[], kind: string): string => {
  const object = objects.find((one) => one.kind === kind);
  if (object === undefined) throw new Error(`No ${kind} is among them.`);
  return object.id;
};

/** As the pool that stood in has them after it: under a name that it had free, and with what was changed there. */
export const asStoodIn = (
  objects: readonly DescribedObject[],
  changes: Readonly<Partial<Record<string, Properties>>>,
): readonly DescribedObject[] =>
  objects.map((one) => ({
    ...one,
    name: `${one.name} (2)`,
    properties: { ...one.properties, ...changes[one.kind] },
  }));
