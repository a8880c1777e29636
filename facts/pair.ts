/**
 * What a pair's stream establishes: stage, back-end database, readings, copies of objects, exports, incidents.
 * Deciders and projections fold it alike, so a command is judged by what the views show.
 *
 * A fold owns its state: `evolvePair` changes the state it is given and returns it. Whoever shows
 * parts of it to others copies them.
 */
import type { Recorded } from '../events/envelope.js';
import type { RegisteredPool } from '../events/pairing.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import type { ExportedObject } from '../events/transfer.js';
import {
  applicationSettingsKind,
  type BackEndDatabaseState,
  type ObjectKind,
  type Properties,
} from '../events/vocabulary.js';
import { defaultApplicationSettings } from '../policy/application-settings.js';
import { consoleCell } from '../policy/experience/matrix.js';
import { defaultReadings, type ChosenReadings } from '../policy/readings.js';
import { stageChangeOf, type Stage, type StageChange, type StageEventType } from '../policy/stages.js';
import { openIncident, settleIncident, type Incident } from './incident.js';

/** One copy of an object. Its key is (parent, kind, id); a name is no key. */
export interface Copy {
  readonly parent: string;
  readonly kind: ObjectKind;
  readonly id: string;
  name: string;
  owner: string;
  properties: Properties;
  /** The owner pool's own object was removed, which silently takes this copy out of service. */
  ownerRemoved: boolean;
  /** The position at which the copy was created or last imported here. */
  readonly hostedSince: bigint;
}

export interface PoolFacts {
  readonly fqdn: string;
  readonly site: string | null;
  stage: Stage;
  /** When the stage began, as reported. */
  since: string;
  backEndDatabase: BackEndDatabaseState;
  /** The incident under way; null where there is none. */
  incident: string | null;
  lastStageEvent: StageEventType | null;
  /** Where the failover under way began. */
  failoverFrom: Stage | null;
  applicationSettings: Properties;
  /** Sign-ins to this pool's own groups, or to imported copies of them, up to these positions are void. */
  readonly signInsVoidUpTo: { primary: bigint; imported: bigint };
}

export interface ExportFacts {
  readonly exportId: string;
  readonly pool: string;
  readonly owner: string | null;
  readonly fileName: string | null;
  readonly removeExported: boolean;
  readonly objects: readonly ExportedObject[];
  readonly applicationSettings: Properties;
}

export interface PairFacts {
  readonly pairId: string;
  readonly pools: readonly [PoolFacts, PoolFacts];
  readings: ChosenReadings;
  /** By `copyKey`. */
  readonly copies: Map<string, Copy>;
  /** By `copyKey`: copies that were there once and are gone. */
  readonly removed: Set<string>;
  readonly exports: Map<string, ExportFacts>;
  readonly incidents: Incident[];
}

export const copyKey = (parent: string, kind: ObjectKind, id: string): string => `${parent}|${kind}|${id}`;

export const initialPair: PairFacts | null = null;

/** Total: what cannot happen leaves the state as it is. */
export function evolvePair(pair: PairFacts | null, event: Recorded<PoolkeeperEvent>): PairFacts | null {
  if (event.type === 'PairRegistered') return pair ?? registered(event.data, event.metadata.occurredAt);
  if (pair === null) return null;
  const change = stageChangeOf(event.type);
  if (change !== undefined) changeStage(pair, change, event);
  switch (event.type) {
    case 'ReadingChosen':
      pair.readings = { ...pair.readings, [event.data.reading]: event.data.choice };
      break;
    case 'OutageDeclared':
      setDatabase(pair, event.data.pool, event.data.backEndDatabase);
      break;
    case 'BackEndDatabaseReported':
      setDatabase(pair, event.data.pool, event.data.state);
      break;
    case 'ObjectCreated': {
      const { pool, kind, id, name, properties } = event.data;
      putCopy(pair, {
        parent: pool,
        kind,
        id,
        name,
        owner: pool,
        properties,
        ownerRemoved: false,
        hostedSince: event.position,
      });
      break;
    }
    case 'ObjectModified':
      modify(pair, event.data);
      break;
    case 'ObjectRemoved':
      removeCopy(pair, event.data.pool, event.data.kind, event.data.id);
      break;
    case 'ResponseGroupsExported':
      pair.exports.set(event.data.exportId, event.data);
      if (event.data.removeExported) {
        for (const { kind, id } of event.data.objects) removeCopy(pair, event.data.pool, kind, id);
      }
      break;
    case 'ResponseGroupsImported':
      importObjects(pair, event.data, event.position);
      break;
    default:
      break;
  }
  return pair;
}

type EventNamed<Type extends PoolkeeperEvent['type']> = Extract<PoolkeeperEvent, { type: Type }>;

function registered(data: EventNamed<'PairRegistered'>['data'], since: string): PairFacts {
  const newPool = ({ fqdn, site }: RegisteredPool): PoolFacts => ({
    fqdn,
    site,
    stage: 'normal',
    since,
    backEndDatabase: 'unknown',
    incident: null,
    lastStageEvent: null,
    failoverFrom: null,
    applicationSettings: defaultApplicationSettings,
    signInsVoidUpTo: { primary: 0n, imported: 0n },
  });
  const [first, second] = data.pools;
  return {
    pairId: data.pairId,
    pools: [newPool(first), newPool(second)],
    readings: { ...defaultReadings, ...data.readings },
    copies: new Map(),
    removed: new Set(),
    exports: new Map(),
    incidents: [],
  };
}

function changeStage(pair: PairFacts, change: StageChange, event: Recorded<PoolkeeperEvent>): void {
  const fqdn = 'pool' in event.data ? event.data.pool : undefined;
  const pool = pair.pools.find((candidate) => candidate.fqdn === fqdn);
  if (pool === undefined) return;
  const from = pool.stage;
  if (change.event === 'FailoverInitiated') pool.failoverFrom = from;
  pool.stage = change.to === 'back' ? (pool.failoverFrom ?? 'normal') : change.to;
  pool.since = event.metadata.occurredAt;
  pool.lastStageEvent = change.event;
  if (change.event === 'OutageDeclared' || (change.event === 'FailoverInitiated' && from !== 'outage')) {
    openIncident(pair, pool, event);
  } else if (pool.stage === 'normal') {
    settleIncident(pair, pool, event);
  }
  for (const ownership of ['primary', 'imported'] as const) {
    if (!consoleCell(pool.stage, ownership).outcome.signIn) pool.signInsVoidUpTo[ownership] = event.position;
  }
}

function setDatabase(pair: PairFacts, fqdn: string, state: BackEndDatabaseState): void {
  const pool = pair.pools.find((candidate) => candidate.fqdn === fqdn);
  if (pool !== undefined) pool.backEndDatabase = state;
}

function putCopy(pair: PairFacts, copy: Copy): void {
  const key = copyKey(copy.parent, copy.kind, copy.id);
  pair.copies.set(key, copy);
  pair.removed.delete(key);
}

function modify(pair: PairFacts, data: EventNamed<'ObjectModified'>['data']): void {
  if (data.kind === applicationSettingsKind) {
    const pool = pair.pools.find((candidate) => candidate.fqdn === data.pool);
    if (pool !== undefined) pool.applicationSettings = { ...pool.applicationSettings, ...data.properties };
    return;
  }
  const copy = pair.copies.get(copyKey(data.pool, data.kind, data.id));
  if (copy === undefined) return;
  copy.name = data.name ?? copy.name;
  copy.properties = { ...copy.properties, ...data.properties };
}

function removeCopy(pair: PairFacts, parent: string, kind: ObjectKind, id: string): void {
  const removed = pair.copies.get(copyKey(parent, kind, id));
  if (removed === undefined) return;
  pair.copies.delete(copyKey(parent, kind, id));
  pair.removed.add(copyKey(parent, kind, id));
  if (removed.owner !== parent) return;
  for (const { fqdn } of pair.pools) {
    const imported = pair.copies.get(copyKey(fqdn, kind, id));
    if (imported !== undefined && imported.owner === parent) imported.ownerRemoved = true;
  }
}

/** An import does not bring back to service what the owner has removed. */
export const removedByOwner = (
  pair: PairFacts,
  owner: string,
  parent: string,
  kind: ObjectKind,
  id: string,
): boolean => owner !== parent && pair.removed.has(copyKey(owner, kind, id));

function importObjects(
  pair: PairFacts,
  data: EventNamed<'ResponseGroupsImported'>['data'],
  hostedSince: bigint,
): void {
  const file = pair.exports.get(data.exportId);
  if (file === undefined) return;
  const contents = new Map(file.objects.map((object) => [`${object.kind}|${object.id}`, object.properties]));
  for (const { kind, id, name, owner } of data.objects) {
    const properties = contents.get(`${kind}|${id}`) ?? {};
    const ownerRemoved = removedByOwner(pair, owner, data.destination, kind, id);
    putCopy(pair, { parent: data.destination, kind, id, name, owner, properties, ownerRemoved, hostedSince });
  }
  const destination = pair.pools.find((candidate) => candidate.fqdn === data.destination);
  if (data.replaceExistingSettings && destination !== undefined) {
    destination.applicationSettings = file.applicationSettings;
  }
}
