/** Decides record-export: a pool's response groups were exported to a file. */
import type { Beside } from '../../../../events/export-file.js';
import type { ExportedObject } from '../../../../events/transfer.js';
import { ownersKnown, requirePool } from '../../../../facts/copies.js';
import { exportEventsOf, printedExport } from '../../../../facts/exports.js';
import { fileKnownAt } from '../../../../facts/file-time.js';
import { saidBeside } from '../../../../facts/file-content.js';
import type { Copy, ExportFacts, PairFacts, PoolFacts } from '../../../../facts/pair.js';
import {
  fileGiven,
  fileNameSentence,
  isFileName,
  isPath,
  pathOf,
  samePath,
} from '../../../../policy/files.js';
import { canBeExported, isDown } from '../../../../policy/stages.js';
import type { PairCommands } from '../../commands.js';
import { accepted, alreadyHolds, invalid, type Decision, type Held } from '../../decision.js';
import { sameJson } from '../../../../policy/same-json.js';
import { allowed, evaluate, evaluateAll, refusedBy, type Ruling } from '../../rules.js';
import { exportNeeds } from '../../../../facts/service-needs.js';
import { byServices } from '../by-services.js';
import { configurationOpen, warnOfImportedCopies } from '../configuration/edit-rules.js';
import { waysToward } from '../alone.js';
import { byKindAndId, hostedBy } from '../hosted.js';

type File = Omit<ExportFacts, 'exportId'>;

export function recordExport(
  pair: PairFacts,
  command: PairCommands['record-export'],
  newId: string,
  happenedAt: string | null,
): Decision {
  const { owner = null, removeExported = false } = command;
  const owners = ownersKnown(pair);
  if (owner !== null && !owners.has(owner)) {
    return invalid([
      { pointer: '/owner', detail: `Must be one of the pair's pools: ${[...owners].join(', ')}.` },
    ]);
  }
  const given = command.fileName === undefined ? { fileName: null } : fileGiven(command.fileName);
  if (given.fileName !== null && !isFileName(given.fileName)) {
    return invalid([{ pointer: '/fileName', detail: `Must be ${fileNameSentence}.` }]);
  }
  const pool = requirePool(pair, command.pool);
  const copies = hostedBy(pair, pool.fqdn)
    .filter((copy) => owner === null || copy.owner === owner)
    .toSorted(byKindAndId);
  const file: File = {
    pool: pool.fqdn,
    owner,
    ...given,
    removeExported,
    objects: copies.map(exported),
    applicationSettings: pool.applicationSettings,
    ...withSettingsBeside(pool.settingsBeside),
    file: null,
  };
  const latest = latestAlike(pair, file);
  if (latest !== undefined && nothingNew(latest, file)) {
    const held = heldExport(pair, latest.exportId);
    if (!isLaterFile(file, held, happenedAt)) return alreadyHolds(latest.exportId, held);
  }

  const ruling = evaluate(
    () => sourceReadable(pair, pool),
    () => fileNameFree(pair, file),
    () => (removeExported ? mayRemove(pair, copies) : allowed()),
    () => byServices(pair, exportNeeds(pool.fqdn)),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  return accepted([{ type: 'ResponseGroupsExported', data: { exportId: newId, ...file } }], {
    because: ruling.because,
    warnings: ruling.warnings,
    subject: newId,
  });
}

const exported = ({ kind, id, name, owner, properties, ...copy }: Copy): ExportedObject => ({
  kind,
  id,
  name,
  owner,
  properties,
  ...saidBeside(copy),
});

/** The same was written again, later: it is known to be in a file as of then. Of a file with a name there is one only. */
const isLaterFile = (file: File, held: Held | undefined, happenedAt: string | null): boolean =>
  pathOf(file) === null &&
  !file.removeExported &&
  held !== undefined &&
  happenedAt !== null &&
  happenedAt > held.at;

export function withSettingsBeside(settings: Beside): Pick<File, 'settingsBeside'> {
  const settingsBeside = saidBeside(settings);
  return Object.keys(settingsBeside).length === 0 ? {} : { settingsBeside };
}

/** As of when an export is on record. */
export function heldExport(pair: PairFacts, exportId: string): Held | undefined {
  const event = exportEventsOf(pair).find(({ data }) => data.exportId === exportId);
  if (event === undefined) return undefined;
  return { what: `Export ${exportId} of ${event.data.pool}`, at: fileKnownAt(event) };
}

/** The latest export that was asked for in the same words. */
const latestAlike = (pair: PairFacts, file: File): ExportFacts | undefined =>
  [...pair.exports.values()].findLast(
    (one) =>
      one.pool === file.pool &&
      one.owner === file.owner &&
      pathOf(one) === pathOf(file) &&
      one.removeExported === file.removeExported,
  );

/** After an export that removed its objects, there is something new once the pool hosts anything again. */
function nothingNew(latest: ExportFacts, file: File): boolean {
  const objectsAlike = file.removeExported
    ? file.objects.length === 0
    : sameJson(latest.objects, file.objects);
  return (
    objectsAlike &&
    sameJson(latest.applicationSettings, file.applicationSettings) &&
    sameJson(latest.settingsBeside ?? {}, file.settingsBeside ?? {})
  );
}

export function sourceReadable(pair: PairFacts, pool: PoolFacts): Ruling {
  if (canBeExported(pool)) return allowed();
  return refusedBy(
    'source-not-readable',
    `Pool ${pool.fqdn} is in stage ${pool.stage} and its back-end database is ${pool.backEndDatabase}.`,
    {
      allowed: ['report-back-end-database', ...waysToward(pair, pool, (stage) => !isDown(stage))],
    },
  );
}

/** The cmdlet fails if the file exists: the same path, or a name that was given without its folder both times. */
export function fileNameFree(pair: PairFacts, file: File): Ruling {
  const path = pathOf(file);
  if (path === null) return allowed();
  const written = exportEventsOf(pair).find(
    ({ data }) => data.pool === file.pool && samePath(pathOf(data) ?? '', path),
  );
  if (written === undefined) return allowed();
  const { exportId } = written.data;
  const folder = isPath(path) ? '' : ' If this one is in another folder, give its path.';
  return refusedBy(
    'file-name-in-use',
    `Export ${exportId} of ${file.pool} wrote ${printedExport(written)} already: a file of another name (fileName) is another file.${folder}`,
    { allowed: ['fileName'] },
  );
}

/** To remove objects after an export is to remove them with the management shell. */
export const mayRemove = (pair: PairFacts, copies: readonly Copy[]): Ruling =>
  evaluate(
    () => evaluateAll(copies.map((copy) => () => configurationOpen(pair, copy, 'managementShell'))),
    () => warnOfImportedCopies(pair, copies),
  );
