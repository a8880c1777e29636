/** What can be compared with what: a file, what is on record, and what the partner hosts. */
import type { ExportedFile } from '../../events/export-file.js';
import { applicationSettingsKind } from '../../events/vocabulary.js';
import { partnerOf, requirePool } from '../../facts/copies.js';
import type { ExportEvent } from '../../facts/event-ref.js';
import { exportEventsOf, printedExport } from '../../facts/exports.js';
import { inPlaceSince } from '../../facts/former-names.js';
import { identityOf } from '../../facts/identity.js';
import type { PairFacts } from '../../facts/pair.js';
import { isPath, nameInPath, pathOf, samePath } from '../../policy/files.js';
import { sameName } from '../../policy/names.js';
import { few } from '../../policy/texts/few.js';
import {
  configurationDifferences,
  settingsIn,
  stateOf,
  type Configuration,
  type ConfigurationDifferences,
  type ConfiguredObject,
} from './configurations.js';
import { fileDifferences, type FileDifferences } from './files.js';

export interface SideSummary {
  readonly what: 'export' | 'record' | 'partner';
  /** The pool whose configuration it is. */
  readonly pool: string;
  readonly exportId: string | null;
  /** For people: with the time at which it was written, and its hash. */
  readonly file: string | null;
}

export interface ExportComparison extends ConfigurationDifferences, FileDifferences {
  readonly fqdn: string;
  readonly from: SideSummary;
  readonly to: SideSummary;
  /** Only the objects of this owner were compared; null where all were. */
  readonly owner: string | null;
}

interface Side {
  readonly summary: SideSummary;
  readonly owner: string | null;
  readonly objects: readonly ConfiguredObject[];
  readonly settings: ConfiguredObject | null;
  /** Null where it is no file that was read. */
  readonly file: ExportedFile | null;
}

/** A sentence says why there is no such side, and what there is. */
export class NoSuchSide {
  constructor(readonly detail: string) {}
}

/** @param name an id or the name of an export of either pool, `latest`, `record` or `partner` */
export function sideOf(pair: PairFacts, fqdn: string, name: string): Side | NoSuchSide {
  if (name === 'record') return hosted(pair, fqdn, 'record', null);
  if (name === 'partner') return hosted(pair, partnerOf(pair, fqdn).fqdn, 'partner', fqdn);
  const files = exportEventsOf(pair).toSorted(
    (one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt),
  );
  // A file of the pool whose place it took shows nothing of it.
  const since = inPlaceSince(pair, fqdn);
  const ofPool = files.filter(({ data, position }) => data.pool === fqdn && position > since);
  if (name === 'latest') {
    const latest = ofPool.at(-1);
    return latest === undefined ? notNamed(`No export of ${fqdn} is on record.`, []) : fileSide(latest);
  }
  const byId = files.find(({ data }) => data.exportId === name);
  if (byId !== undefined) return fileSide(byId);
  const named = [ofPool, files].map((some) => some.filter((event) => isNamed(event, name)));
  const found = named.find((some) => some.length > 0) ?? [];
  const [only] = found;
  if (only !== undefined && found.length === 1) return fileSide(only);
  return found.length > 1
    ? notNamed(`${found.length} exports have that name: give the id of one.`, found)
    : notNamed(`No export of the pair has that id or name.`, files);
}

const isNamed = ({ data }: ExportEvent, name: string): boolean => {
  const path = pathOf(data);
  if (path === null) return false;
  return isPath(name) ? samePath(path, name) : sameName(nameInPath(path), name);
};

function notNamed(why: string, files: readonly ExportEvent[]): NoSuchSide {
  const known = few(files.toReversed(), {
    word: (event) => `${event.data.exportId} of ${event.data.pool}, ${printedExport(event)}`,
    separator: '; ',
  });
  const list = files.length === 0 ? '' : ` There are: ${known}.`;
  return new NoSuchSide(`${why}${list} Beside exports, latest, record and partner can be named.`);
}

function fileSide(event: ExportEvent): Side {
  const { exportId, pool, owner, objects, applicationSettings, settingsBeside, file } = event.data;
  const kind = applicationSettingsKind;
  return {
    summary: { what: 'export', pool, exportId, file: printedExport(event) },
    owner,
    objects: objects.map((object) => ({
      kind: object.kind,
      id: object.id,
      pool,
      state: stateOf(object),
    })),
    settings:
      file?.holdsSettings === false
        ? null
        : {
            kind,
            id: kind,
            pool,
            state: { name: 'application settings', properties: applicationSettings, ...settingsBeside },
          },
    file: file ?? null,
  };
}

const hosted = (pair: PairFacts, pool: string, what: 'record' | 'partner', owner: string | null): Side => ({
  summary: { what, pool, exportId: null, file: null },
  owner,
  objects: [...pair.copies.values()]
    .filter(({ parent }) => parent === pool)
    .map((copy) => ({ kind: copy.kind, id: copy.id, pool, state: stateOf(copy) })),
  settings: settingsIn(requirePool(pair, pool)),
  file: null,
});

export function comparisonOf(fqdn: string, from: Side, to: Side): ExportComparison {
  const owner = from.owner ?? to.owner;
  // An object that another owns on one side is one whose owner differs, and not one that is missing.
  const owned = new Set(
    [...from.objects, ...to.objects]
      .filter(({ state }) => owner === null || state.owner === owner)
      .map(identityOf),
  );
  const both = from.settings !== null && to.settings !== null;
  const configurationIn = ({ objects, settings }: Side): Configuration =>
    new Map(
      [
        ...objects.filter((object) => owned.has(identityOf(object))),
        ...(both && settings !== null ? [settings] : []),
      ].map((object) => [identityOf(object), object]),
    );
  return {
    fqdn,
    from: from.summary,
    to: to.summary,
    owner,
    ...configurationDifferences(configurationIn(from), configurationIn(to)),
    ...fileDifferences(from.file, to.file),
  };
}
