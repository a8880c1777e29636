/**
 * How one pool takes the place of another. The pair, its incidents and its files go on: what they say of the pool that is
 * lost is said of the pool in its place from then on, and what stood in the database of the lost pool is gone.
 */
import type { Recorded } from '../events/envelope.js';
import type { Properties } from '../events/vocabulary.js';
import type { PoolReplaced, RouteChosen } from '../events/replacement.js';
import { defaultApplicationSettings } from '../policy/application-settings.js';
import { replicates } from './copies.js';
import { eventRefOf, type IncidentLogEntry } from './event-ref.js';
import { noteRemoval } from './hosting.js';
import { identityOf, nameKeyOf } from './identity.js';
import { endReplication } from './replication.js';
import { reasonGiven } from './reason-given.js';
import { poolOf, type Copy, type ExportFacts, type PairFacts, type PoolFacts } from './pair-state.js';

export function chooseRoute(pair: PairFacts, event: Recorded<RouteChosen>): void {
  const { pool: fqdn, route, replacement, reason } = event.data;
  const pool = poolOf(pair, fqdn);
  if (pool !== undefined) pool.route = { ...eventRefOf(event), route, replacement, ...reasonGiven(reason) };
}

export function replacePool(pair: PairFacts, event: Recorded<PoolReplaced>): void {
  const { pool: failed, replacement } = event.data;
  const lost = poolOf(pair, failed);
  if (lost === undefined || poolOf(pair, replacement) !== undefined) return;
  const built = inPlaceOf(pair, lost, event);
  const [first, second] = pair.pools;
  pair.pools = [first === lost ? built : first, second === lost ? built : second];
  const rename: Rename = (fqdn) => (fqdn === failed ? replacement : fqdn);
  noteFormerName(pair, event);
  moveCopies(pair, event);
  endReplication(pair, event);
  renameRemoved(pair, failed, replacement);
  for (const [id, file] of pair.exports) pair.exports.set(id, renamedFile(file, rename));
  pair.incidentLog = pair.incidentLog.map((entry) => renamedEntry(pair, entry, rename));
  for (const incident of pair.incidents) {
    if (incident.pool !== failed) continue;
    incident.formerly ??= failed;
    incident.pool = replacement;
  }
}

type Rename = (fqdn: string) => string;

/** It was built with a database of its own, and with the settings that every pool has at first. */
const inPlaceOf = (
  pair: PairFacts,
  { services: _, ...lost }: PoolFacts,
  event: Recorded<PoolReplaced>,
): PoolFacts => ({
  ...lost,
  fqdn: event.data.replacement,
  site: event.data.site,
  backEndDatabase: 'available',
  applicationSettings: defaultApplicationSettings,
  settingsBeside: {},
  configuredAt: null,
  seenAt: null,
  settingsKnownAt: {},
  settingsChange: null,
  settingsReplaced: null,
  signInsVoidUpTo: { primary: event.position, imported: lost.signInsVoidUpTo.imported },
  replaces: {
    ...eventRefOf(event),
    fqdn: lost.fqdn,
    settings: settingsLost(lost),
    copies: copiesLost(pair, lost),
  },
});

/** Of a pool that is replaced in its turn, before anybody set its settings, those of the one before are still the lost ones. */
const settingsLost = ({ applicationSettings, settingsChange, replaces }: PoolFacts): Properties =>
  replaces !== undefined && settingsChange === null ? replaces.settings : applicationSettings;

function copiesLost(pair: PairFacts, { fqdn, replaces }: PoolFacts): readonly Copy[] {
  const own = [...pair.copies.values()].filter(({ owner, parent }) => owner === fqdn && parent === fqdn);
  const identities = new Set(own.map(identityOf));
  return [...own, ...(replaces?.copies ?? []).filter((copy) => !identities.has(identityOf(copy)))];
}

/** Objects of the lost pool that neither pool has now, also not made again under their names. */
export function onNeitherPool(pair: PairFacts, { fqdn, replaces, incident: id }: PoolFacts): readonly Copy[] {
  const began = pair.incidents.find((one) => one.id === id)?.startedAtPosition ?? 0n;
  const there = [...pair.copies.values()].filter(
    ({ owner, ownerRemoved, hostedSince }) => !ownerRemoved && (owner === fqdn || hostedSince > began),
  );
  const identities = new Set(there.map(identityOf));
  const names = new Set(there.map(nameKeyOf));
  return (replaces?.copies ?? []).filter(
    (copy) => !identities.has(identityOf(copy)) && !names.has(nameKeyOf(copy)),
  );
}

function noteFormerName(
  pair: PairFacts,
  { data, position, recordedAt, metadata }: Recorded<PoolReplaced>,
): void {
  const { pool: fqdn, replacement: present, reason } = data;
  for (const name of pair.formerNames) if (name.present === fqdn) name.present = present;
  const at = metadata.occurredAt;
  pair.formerNames.push({ fqdn, present, until: position, at, recordedAt, ...reasonGiven(reason) });
}

/** What the lost pool hosted is gone; what it owned on its partner is owned by the pool in its place. */
function moveCopies(pair: PairFacts, event: Recorded<PoolReplaced>): void {
  const { pool: failed, replacement } = event.data;
  const by = { ...eventRefOf(event), knownAt: event.metadata.occurredAt };
  const isReplicated = replicates(pair, failed);
  for (const [key, copy] of [...pair.copies]) {
    if (copy.parent === failed) {
      pair.copies.delete(key);
      noteRemoval(pair, { ...by, parent: failed, kind: copy.kind, id: copy.id });
    } else if (copy.owner === failed) {
      if (copy.replica === true && isReplicated) copy.replicatedFrom ??= failed;
      copy.owner = replacement;
    }
  }
}

/** What its owner had removed before stays removed by its owner. */
function renameRemoved(pair: PairFacts, failed: string, replacement: string): void {
  for (const removal of [...pair.removed.values()]) {
    if (removal.parent === failed && removal.type !== 'PoolReplaced')
      noteRemoval(pair, { ...removal, parent: replacement });
  }
}

function renamedFile(file: ExportFacts, rename: Rename): ExportFacts {
  return {
    ...file,
    pool: rename(file.pool),
    owner: file.owner === null ? null : rename(file.owner),
    objects: file.objects.map((object) => ({ ...object, owner: rename(object.owner) })),
  };
}

/** An export in the log is the one that is kept of it. */
function renamedEntry(pair: PairFacts, entry: IncidentLogEntry, rename: Rename): IncidentLogEntry {
  switch (entry.type) {
    case 'ResponseGroupsExported':
      return { ...entry, data: pair.exports.get(entry.data.exportId) ?? renamedFile(entry.data, rename) };
    case 'ResponseGroupsImported': {
      const objects = entry.data.objects.map((object) => ({ ...object, owner: rename(object.owner) }));
      return { ...entry, data: { ...entry.data, destination: rename(entry.data.destination), objects } };
    }
    default:
      return { ...entry, data: { ...entry.data, pool: rename(entry.data.pool) } } as IncidentLogEntry;
  }
}
