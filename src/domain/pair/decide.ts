/** Decides the commands about a pair: both pools' stages, readings, configuration, exports and imports. */
import { poolOf } from '../../../facts/copies.js';
import { isDown, stageChanges } from '../../../policy/stages.js';
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import type { PairCommand } from '../commands.js';
import { unknown, type Decision } from '../decision.js';
import { atReportedTime, unreported, type Reported } from '../reported-time.js';
import { allowed, refusedBy, type Ruling } from '../rules.js';
import { unreachable } from '../unreachable.js';
import { addressedPool } from './addressed-pool.js';
import { createObject } from './configuration/create.js';
import { modifyObject } from './configuration/modify.js';
import { removeObject } from './configuration/remove.js';
import { poolWasReplaced, underPresentNames } from './former-names.js';
import { annotateIncident, setTargets, tickStep } from './incidents.js';
import { decideStageChange, reportBackEndDatabase } from './lifecycle.js';
import { reportReplication, setReplication } from './replication.js';
import { setVersion } from './version.js';
import { chooseReading } from './readings.js';
import { chooseRoute, replacementHeld, replacePool } from './replacement.js';
import { reportService } from './services.js';
import { addExport } from './transfer/add-export.js';
import { recordExport } from './transfer/export.js';
import { importResponseGroups } from './transfer/import.js';

/** @param newId becomes the id of the object or export that the command creates, unless the command names one */
export function decidePair(
  pair: PairFacts,
  given: PairCommand,
  newId: string,
  reported: Reported = unreported,
): Decision {
  const command = underPresentNames(pair, given);
  const { pointer, fqdn } = addressedPool(command);
  const pool = poolOf(pair, fqdn);
  if (pool === undefined) {
    const decision = decideForNoPool(pair, command, { pointer, fqdn });
    return atReportedTime(decision, command, reported, { pair, pool: null });
  }
  const serving = servesHere(pair, pool, command);
  if (serving.outcome !== 'allowed') return serving;
  const decision = decide(pair, command, newId, reported);
  // That a file is old was said by then, and that nothing was changed by it.
  if (isOfOldFile(decision)) return decision;
  return atReportedTime(decision, command, reported, { pair, pool: isOfStage(command, pool) ? pool : null });
}

/** What is noted of a pool may be noted after it has gone; nothing else happens to it here. */
export function servesHere(pair: PairFacts, { fqdn, retired }: PoolFacts, { name }: PairCommand): Ruling {
  if (name === 'annotate-incident') return allowed();
  const left = pair.departed.get(fqdn);
  if (left !== undefined) {
    return refusedBy(
      'left-for-another-pair',
      `The record of ${fqdn} goes on in the pair with ${left.partner}. If that is not registered yet, registering it finishes what was begun.`,
      { allowed: [`register-pair ${fqdn} ${left.partner}`] },
    );
  }
  if (retired === null) return allowed();
  return refusedBy(
    'pool-retired',
    `Pool ${fqdn} was retired at ${retired.occurredAt}, and nothing happens to it any more. A new pool of its name is registered with its pair.`,
    { allowed: [`register-pair ${fqdn}`] },
  );
}

/** Only that a pool was replaced can still hold of one that is gone. */
function decideForNoPool(
  pair: PairFacts,
  command: PairCommand,
  { pointer, fqdn }: ReturnType<typeof addressedPool>,
): Decision {
  const refusal = poolWasReplaced(pair, fqdn, command.name);
  if (refusal === null) return unknown(pointer, `Pool ${fqdn} is not registered.`);
  const held = command.name === 'replace-pool' ? replacementHeld(pair, command.body) : null;
  return held ?? refusal;
}

const isOfOldFile = (decision: Decision): boolean =>
  decision.outcome === 'accepted' &&
  decision.warnings.some(({ code }) => code === 'older-than-the-record' || code === 'file-of-a-lost-pool');

/**
 * Whether it is a step of an incident, which come one after the other. While a pool is down its files are of before, as they
 * have to be.
 */
const isOfStage = ({ name }: PairCommand, { stage }: PoolFacts): boolean =>
  stageCommands.has(name) ||
  name === 'report-back-end-database' ||
  name === 'import-response-groups' ||
  name === 'replace-pool' ||
  ((name === 'add-export' || name === 'record-export') && !isDown(stage));

const stageCommands: ReadonlySet<string> = new Set(stageChanges.map(({ command }) => command));

function decide(pair: PairFacts, command: PairCommand, newId: string, { happenedAt }: Reported): Decision {
  switch (command.name) {
    case 'set-replication':
      return setReplication(pair, command.body);
    case 'report-replication':
      return reportReplication(pair, command.body, happenedAt);
    case 'set-version':
      return setVersion(pair, command.body);
    case 'choose-reading':
      return chooseReading(pair, command.body);
    case 'create-object':
      return createObject(pair, command.body, newId);
    case 'modify-object':
      return modifyObject(pair, command.body);
    case 'remove-object':
      return removeObject(pair, command.body);
    case 'record-export':
      return recordExport(pair, command.body, newId, happenedAt);
    case 'add-export':
      return addExport(pair, command.body, newId);
    case 'import-response-groups':
      return importResponseGroups(pair, command.body);
    case 'set-targets':
      return setTargets(pair, command.body);
    case 'annotate-incident':
      return annotateIncident(pair, command.body, happenedAt);
    case 'tick-step':
      return tickStep(pair, command.body);
    case 'choose-route':
      return chooseRoute(pair, command.body);
    case 'replace-pool':
      return replacePool(pair, command.body);
    case 'report-back-end-database':
      return reportBackEndDatabase(pair, command.body);
    case 'report-service':
      return reportService(pair, command.body);
    case 'report-service-stopped':
      return reportService(pair, { ...command.body, state: 'stopped' });
    case 'declare-outage':
    case 'end-outage':
    case 'initiate-failover':
    case 'complete-failover':
    case 'fail-failover':
    case 'failback':
    case 'complete-failback':
    case 'fail-failback':
    case 'complete-replacement':
    case 'close-incident':
      return decideStageChange(pair, command, happenedAt);
    default:
      return unreachable(command);
  }
}
