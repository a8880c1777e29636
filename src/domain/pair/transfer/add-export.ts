/** Decides add-export: the content of the file becomes the recorded configuration of its pool. */
import { copyOf, poolOf, requirePool } from '../../../../facts/copies.js';
import { formerNamesOf } from '../../../../facts/former-names.js';
import type { PairFacts, PoolFacts } from '../../../../facts/pair.js';
import { limits } from '../../../../policy/limits.js';
import { isDown } from '../../../../policy/stages.js';
import { accepted, alreadyHolds, invalid, type Decision, type FieldError } from '../../decision.js';
import { allowed, evaluate, warn, type Ruling } from '../../rules.js';
import { labelOf } from '../hosted.js';
import { warnOfImportedCopies } from '../configuration/edit-rules.js';
import { heldExport, withSettingsBeside } from './export.js';
import { exportIsOfThisPool } from './export-origin.js';
import { changesShownBy, eventsOf, type ShownChanges } from './file-changes.js';
import { contentOf, type AddExport, type FileContent } from './file-content.js';
import { newerRecordsStay } from './newer-records.js';
import { recordedTime, writtenOf, type Written } from './written.js';

/** Adding the same file again changes nothing, under any name. */
export function addExport(pair: PairFacts, command: AddExport, newId: string): Decision {
  const { pool: fqdn, owner = null, fileName, filePath, contentHash, bytes } = command;
  const known = [...pair.exports.values()].find(
    (one) => one.pool === fqdn && one.owner === owner && one.file?.contentHash === contentHash,
  );
  if (known !== undefined) return alreadyHolds(known.exportId, heldExport(pair, known.exportId));
  const content = contentOf(pair, command);
  const wrong = ownerErrors(pair, command, content);
  if (wrong.length > 0) return invalid(wrong);

  const pool = requirePool(pair, fqdn);
  const settings = command.content.applicationSettings;
  const { audio, agents, managers, people } = command.content;
  const written = writtenOf(pair, command, content);
  const lost = lostPoolOf(pair, command);
  const outdated = lost !== null || isOutdated(pair, fqdn, written);
  const shown = changesShownBy(
    pair,
    fqdn,
    owner,
    content.objects,
    settings === null ? null : { properties: settings, ...content.settingsBeside },
  );
  const ruling = evaluate(
    () => (lost === null ? exportIsOfThisPool(pair, command, content, outdated) : allowed()),
    () => (lost === null ? newerRecordsStay(pair, fqdn, written, shown) : allowed()),
    () => (outdated ? warnOfOutdated(pair, command, lost) : warnOfUndatedWhileDown(pool, written)),
    () => (outdated ? allowed() : warnOfChanges(pair, command, shown)),
    () => warnOfFindings(content),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const data = {
    exportId: newId,
    pool: fqdn,
    owner,
    fileName,
    ...(filePath === undefined ? {} : { filePath }),
    removeExported: false,
    objects: content.objects,
    applicationSettings: settings ?? pool.applicationSettings,
    ...withSettingsBeside(settings === null ? pool.settingsBeside : content.settingsBeside),
    file: {
      contentHash,
      bytes,
      holdsSettings: settings !== null,
      taken: !outdated,
      ...recordedTime(written),
      audio,
      ...(agents === undefined ? {} : { agents: agents.slice(0, limits.list) }),
      ...(managers === undefined ? {} : { managers: managers.slice(0, limits.list) }),
      ...(people === undefined ? {} : { people }),
      findings: content.findings,
    },
  };
  const changes = outdated ? [] : eventsOf(fqdn, newId, shown);
  return accepted([{ type: 'ResponseGroupsExported', data }, ...changes], {
    because: ruling.because,
    warnings: ruling.warnings,
    firstCausesRest: true,
    subject: newId,
  });
}

function ownerErrors(pair: PairFacts, { owner }: AddExport, { objects }: FileContent): readonly FieldError[] {
  if (owner === undefined) return [];
  if (poolOf(pair, owner) === undefined) {
    const pools = pair.pools.map(({ fqdn }) => fqdn).join(', ');
    return [{ pointer: '/owner', detail: `Must be one of the pair's pools: ${pools}.` }];
  }
  const other = objects.find((object) => object.owner !== owner);
  if (other === undefined) return [];
  return [
    {
      pointer: '/owner',
      detail: `The file holds more than the objects of ${owner}: the ${labelOf(other)} is owned by ${other.owner}.`,
    },
  ];
}

/** Whether a recorded change is later than the time that was given for the file. */
function isOutdated(pair: PairFacts, pool: string, written: Written | null): boolean {
  const { configuredAt } = requirePool(pair, pool);
  return written?.from === 'request' && configuredAt !== null && written.at < configuredAt;
}

/** The pool that the file was exported from, if that is lost and this pool stands in its place; null else. */
function lostPoolOf(pair: PairFacts, { pool, content: { parents = [] } }: AddExport): string | null {
  if (parents.includes(pool.toLowerCase())) return null;
  const names = formerNamesOf(pair, pool).map(({ fqdn }) => fqdn);
  return names.find((name) => parents.includes(name.toLowerCase())) ?? null;
}

function warnOfOutdated(pair: PairFacts, { pool, writtenAt }: AddExport, lost: string | null): Ruling {
  if (lost !== null) {
    return allowed({
      warnings: warn(
        'file-of-a-lost-pool',
        `The file was exported from ${lost}, whose place ${pool} has taken: it is kept and can be imported, the record of ${pool} stays.`,
      ),
    });
  }
  const { configuredAt } = requirePool(pair, pool);
  return allowed({
    warnings: warn(
      'older-than-the-record',
      `The file is of ${writtenAt ?? ''}, and a change of ${pool} of ${configuredAt ?? ''} is on record: the file is kept and can be imported, the record of the pool stays.`,
    ),
  });
}

/** A pool that is down writes no file, so this one is older than the outage by an unknown time. */
function warnOfUndatedWhileDown({ fqdn, stage }: PoolFacts, written: Written | null): Ruling {
  if (!isDown(stage) || written?.from === 'request') return allowed();
  return allowed({
    warnings: warn(
      'written-before-the-outage',
      `${fqdn} is in stage ${stage}, so the file was written before; what is on record was made what it says. Name the time next time (occurredAt).`,
    ),
  });
}

function warnOfChanges(pair: PairFacts, { pool }: AddExport, { removed, replicas }: ShownChanges): Ruling {
  const unexplained = replicas.filter(({ kind, id }) => copyOf(pair, pool, kind, id) === undefined).length;
  return evaluate(
    () => warnOfImportedCopies(pair, removed),
    () =>
      unexplained === 0
        ? allowed()
        : allowed({
            warnings: warn(
              'copies-without-import',
              `${pool} hosts ${unexplained} copies of its partner's objects that no import on record brought. They are on record as stand-ins from now on, by what the file shows.`,
            ),
          }),
  );
}

function warnOfFindings({ findings }: FileContent): Ruling {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors === 0) return allowed();
  return allowed({
    warnings: warn('file-has-errors', `The file has ${errors} errors; see the findings of the export.`),
  });
}
