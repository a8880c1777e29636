/** How creating, changing, removing and importing objects change the copies that the pools of a pair host. */
import type { ObjectCreated, ObjectModified } from '../events/configuration.js';
import type { Beside } from '../events/export-file.js';
import type { Recorded } from '../events/envelope.js';
import type { ResponseGroupsImported } from '../events/transfer.js';
import { applicationSettingsKind, type ObjectKind, type Properties } from '../events/vocabulary.js';
import { sameJson } from '../policy/same-json.js';
import { isDown } from '../policy/stages.js';
import { settingsCarriedFrom, settingsToGive } from './carried-settings.js';
import { objectsOf } from './content.js';
import { partnerOf } from './copies.js';
import { eventRefOf, type Removal, type RemovedBy } from './event-ref.js';
import { besideAfter, besideAfterEdit } from './file-content.js';
import { identityOf, type Identity } from './identity.js';
import { knownAtOf, partsOf, withParts } from './known-at.js';
import {
  copyKey,
  poolOf,
  type Copy,
  type ExportFacts,
  type PairFacts,
  type PoolFacts,
} from './pair-state.js';

export function putCopy(pair: PairFacts, copy: Copy): void {
  const key = copyKey(copy.parent, copy.kind, copy.id);
  pair.copies.set(key, copy);
  pair.removed.delete(key);
}

export function modify(pair: PairFacts, event: Recorded<ObjectModified>): void {
  const { data } = event;
  const knownAt = knownAtOf(pair, event);
  if (data.kind === applicationSettingsKind) {
    const pool = poolOf(pair, data.pool);
    if (pool === undefined) return;
    pool.settingsKnownAt = withParts(pool.settingsKnownAt, partsOf(data), knownAt);
    const before = pool.applicationSettings;
    pool.applicationSettings = { ...before, ...data.properties };
    pool.settingsBeside = besideOf(pool.settingsBeside, data);
    pool.settingsChange = eventRefOf(event);
    noteCarriedByHand(pair, pool, before, event.position);
    return;
  }
  const copy = pair.copies.get(copyKey(data.pool, data.kind, data.id));
  if (copy === undefined) return;
  copy.name = data.name ?? copy.name;
  copy.properties = { ...copy.properties, ...data.properties };
  Object.assign(copy, besideOf(copy, data));
  if (data.owner !== undefined) changeOwner(pair, copy, data.owner);
  copy.lastChange = eventRefOf(event);
  copy.partsKnownAt = withParts(copy.partsKnownAt, partsOf(data), knownAt);
}

/** Null as a tool: a file showed it. */
const besideOf = (before: Beside, changes: ObjectModified['data']): Beside =>
  changes.tool === null ? besideAfter(before, changes) : besideAfterEdit(before, changes.properties);

function changeOwner(pair: PairFacts, copy: Copy, owner: string): void {
  copy.owner = owner;
  copy.ownerRemoved = removedByOwner(pair, owner, copy.parent, copy.kind, copy.id);
}

/** The record knows from a file what stands beside its objects, whether or not that had changed. */
export function learnFromFile(
  pair: PairFacts,
  { pool: fqdn, file, objects, settingsBeside }: ExportFacts,
  knownAt: string,
): void {
  if (file?.taken !== true) return;
  for (const { kind, id, unknownProperties = {}, audio = {} } of objects) {
    const copy = pair.copies.get(copyKey(fqdn, kind, id));
    if (copy !== undefined) Object.assign(copy, { unknownProperties, audio } satisfies Beside);
  }
  const pool = poolOf(pair, fqdn);
  if (pool === undefined) return;
  pool.seenAt = knownAt;
  if (file.holdsSettings) pool.settingsBeside = besideAfter({}, settingsBeside ?? {});
}

/** What stands beside an object that a file has brought; nothing is known of one that was put on record by hand. */
export function besideCreated(pair: PairFacts, { pool, kind, id, tool }: ObjectCreated['data']): Beside {
  if (tool !== null) return {};
  const file = [...pair.exports.values()].findLast((one) => one.pool === pool && one.file?.taken === true);
  const object = file === undefined ? undefined : objectsOf(file).get(identityOf({ kind, id }));
  return besideAfter({}, object ?? {});
}

/** Somebody gave a pool, setting by setting, what its partner that is down had. */
function noteCarriedByHand(pair: PairFacts, pool: PoolFacts, before: Properties, position: bigint): void {
  const down = partnerOf(pair, pool.fqdn);
  const settings = down.applicationSettings;
  if (!isDown(down.stage) || sameJson(before, settings) || !sameJson(pool.applicationSettings, settings))
    return;
  const previous = pair.incidents.find(({ id }) => id === down.incident)?.partnersSettings ?? before;
  if (sameJson(previous, settings)) return;
  pool.settingsReplaced = { previous, settings, by: null, position };
}

export const noteRemoval = ({ removed }: PairFacts, removal: Removal): void => {
  removed.set(copyKey(removal.parent, removal.kind, removal.id), removal);
};

export function removeCopy(
  pair: PairFacts,
  parent: string,
  kind: ObjectKind,
  id: string,
  by: RemovedBy,
): void {
  const removed = pair.copies.get(copyKey(parent, kind, id));
  if (removed === undefined) return;
  pair.copies.delete(copyKey(parent, kind, id));
  noteRemoval(pair, { ...by, parent, kind, id });
  if (removed.owner !== parent) return;
  for (const { fqdn } of pair.pools) {
    const imported = pair.copies.get(copyKey(fqdn, kind, id));
    if (imported !== undefined && imported.owner === parent) imported.ownerRemoved = true;
  }
}

/** Whether the owner has removed its object, so that importing a copy does not bring it back into service. */
export const removedByOwner = (
  pair: PairFacts,
  owner: string,
  parent: string,
  kind: ObjectKind,
  id: string,
): boolean => owner !== parent && pair.removed.has(copyKey(owner, kind, id));

/** How objects of a file come to be on a pool. */
type Brought = Pick<Copy, 'parent' | 'hostedSince' | 'lastChange' | 'knownAt' | 'replica' | 'replicatedFrom'>;

/** Objects of a file, as it has them, with the names and owners that are given. */
export function putFromFile(
  pair: PairFacts,
  file: ExportFacts,
  objects: readonly Pick<Copy, 'kind' | 'id' | 'name' | 'owner'>[],
  broughtBy: (object: Identity & { readonly kind: ObjectKind }) => Brought,
): void {
  const contents = objectsOf(file);
  for (const { kind, id, name, owner } of objects) {
    const { properties = {}, unknownProperties, audio } = contents.get(identityOf({ kind, id })) ?? {};
    const brought = broughtBy({ kind, id });
    putCopy(pair, {
      kind,
      id,
      name,
      owner,
      properties,
      ...(unknownProperties === undefined ? {} : { unknownProperties }),
      ...(audio === undefined ? {} : { audio }),
      ownerRemoved: removedByOwner(pair, owner, brought.parent, kind, id),
      ...brought,
    });
  }
}

/** The file of a pool has its own settings, or those of its partner that it ran under; a new pool has none to lose. */
function areOwnSettings(pair: PairFacts, pool: PoolFacts, file: ExportFacts): boolean {
  if (file.pool === pool.fqdn || settingsToGive(pair, pool) !== null) return true;
  const carried = settingsCarriedFrom(pair, pool);
  return carried !== null && !sameJson(carried.previous, file.applicationSettings);
}

export function importObjects(pair: PairFacts, event: Recorded<ResponseGroupsImported>): void {
  const { data, position: hostedSince } = event;
  const file = pair.exports.get(data.exportId);
  if (file === undefined) return;
  const lastChange = eventRefOf(event);
  putFromFile(pair, file, data.objects, () => ({
    parent: data.destination,
    hostedSince,
    lastChange,
    knownAt: event.metadata.occurredAt,
  }));
  const destination = poolOf(pair, data.destination);
  // A file that was read may lack settings.
  if (data.replaceExistingSettings && destination !== undefined && file.file?.holdsSettings !== false) {
    destination.settingsReplaced = areOwnSettings(pair, destination, file)
      ? null
      : {
          previous: destination.applicationSettings,
          settings: file.applicationSettings,
          by: data.exportId,
          position: hostedSince,
        };
    destination.settingsChange = eventRefOf(event);
    destination.settingsKnownAt = withParts(
      {},
      Object.keys(file.applicationSettings),
      event.metadata.occurredAt,
    );
    destination.applicationSettings = file.applicationSettings;
    destination.settingsBeside = file.settingsBeside ?? {};
  }
}
