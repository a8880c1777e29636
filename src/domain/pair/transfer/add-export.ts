/** Decides add-export: the content of the file becomes the recorded configuration of its pool. */
import { poolOf, requirePool } from '../../../../facts/copies.js';
import type { PairFacts } from '../../../../facts/pair.js';
import { limits } from '../../../../policy/limits.js';
import { isDown } from '../../../../policy/stages.js';
import { accepted, alreadyHolds, invalid, type Decision, type FieldError } from '../../decision.js';
import { allowed, evaluate, warn, type Ruling } from '../../rules.js';
import { labelOf } from '../hosted.js';
import { warnOfImportedCopies } from '../configuration/edit-rules.js';
import { withSettingsBeside } from './export.js';
import { exportIsOfThisPool } from './export-origin.js';
import { changesShownBy, eventsOf, type ShownChanges } from './file-changes.js';
import { contentOf, type AddExport, type FileContent } from './file-content.js';

/** Adding the same file again changes nothing, under any name. */
export function addExport(pair: PairFacts, command: AddExport, newId: string): Decision {
  const { pool: fqdn, owner = null, fileName, filePath, contentHash, bytes } = command;
  const known = [...pair.exports.values()].find(
    (one) => one.pool === fqdn && one.owner === owner && one.file?.contentHash === contentHash,
  );
  if (known !== undefined) return alreadyHolds(known.exportId);
  const content = contentOf(pair, command);
  const wrong = ownerErrors(pair, command, content);
  if (wrong.length > 0) return invalid(wrong);

  const pool = requirePool(pair, fqdn);
  const settings = command.content.applicationSettings;
  const { audio, agents, managers } = command.content;
  const outdated = isOutdated(pair, command);
  const shown = changesShownBy(
    pair,
    fqdn,
    owner,
    content.objects,
    settings === null ? null : { properties: settings, ...content.settingsBeside },
  );
  const ruling = evaluate(
    () => exportIsOfThisPool(pair, command, content, outdated),
    () => (outdated ? warnOfOutdated(pair, command) : warnOfUndatedWhileDown(pair, command)),
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
      audio,
      ...(agents === undefined ? {} : { agents: agents.slice(0, limits.list) }),
      ...(managers === undefined ? {} : { managers: managers.slice(0, limits.list) }),
      findings: content.findings,
    },
  };
  const changes = outdated ? [] : eventsOf(fqdn, shown);
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

/** Whether a recorded change is later than the file. */
function isOutdated(pair: PairFacts, { pool, writtenAt }: AddExport): boolean {
  const { configuredAt } = requirePool(pair, pool);
  return writtenAt !== undefined && configuredAt !== null && writtenAt < configuredAt;
}

function warnOfOutdated(pair: PairFacts, { pool, writtenAt }: AddExport): Ruling {
  const { configuredAt } = requirePool(pair, pool);
  return allowed({
    warnings: warn(
      'older-than-the-record',
      `The file is of ${writtenAt ?? ''}, and a change of ${pool} of ${configuredAt ?? ''} is on record: the file is kept and can be imported, the record of the pool stays.`,
    ),
  });
}

/** A pool that is down writes no file, so this one is older than the outage by an unknown time. */
function warnOfUndatedWhileDown(pair: PairFacts, { pool: fqdn, writtenAt }: AddExport): Ruling {
  const { stage } = requirePool(pair, fqdn);
  if (!isDown(stage) || writtenAt !== undefined) return allowed();
  return allowed({
    warnings: warn(
      'written-before-the-outage',
      `${fqdn} is in stage ${stage}, so the file was written before; what is on record was made what it says. Name the time next time (occurredAt).`,
    ),
  });
}

function warnOfChanges(pair: PairFacts, { pool }: AddExport, { removed, unexplained }: ShownChanges): Ruling {
  return evaluate(
    () => warnOfImportedCopies(pair, removed),
    () =>
      unexplained.length === 0
        ? allowed()
        : allowed({
            warnings: warn(
              'copies-without-import',
              `${pool} hosts ${unexplained.length} copies of its partner's objects that no import on record brought: record the import.`,
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
