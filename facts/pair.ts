/**
 * The facts in a pair's stream: stages, back-end databases, readings, copies of objects, exports, incidents. Deciders and
 * projections share this fold, so a command is decided on the same facts that the views show.
 *
 * The fold owns its state: `evolvePair` changes and returns the state it is given. Views copy the parts that they show.
 */
import { isCorrectionType } from '../events/correction.js';
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import type { BackEndDatabaseState } from '../events/vocabulary.js';
import { stageChangeOf } from '../policy/stages.js';
import { exportOf, fileKnownAt } from './file-time.js';
import { besideCreated, importObjects, learnFromFile, modify, putCopy, removeCopy } from './hosting.js';
import { showReplica } from './replica.js';
import { noteReplication, setReplication } from './replication.js';
import { keepForReplication } from './replication-journal.js';
import { noteConfiguration } from './configured.js';
import { eventRefOf } from './event-ref.js';
import { isInPlaceOfStruck } from './in-force.js';
import { noteInIncident, strikeIncident } from './incident.js';
import { addToIncidentLog } from './incident-log.js';
import { knownAtOf, withParts } from './known-at.js';
import { noteService } from './services.js';
import { poolOf, type PairFacts } from './pair-state.js';
import { chooseRoute, replacePool } from './replacement.js';
import { changeStage } from './stage-change.js';
import { carriedOf, dropCopiesOn } from './carried.js';
import { endPool, register } from './registration.js';

export { removedByOwner } from './hosting.js';
export {
  copyKey,
  PAIR_FACTS_VERSION,
  type Copy,
  type ExportFacts,
  type Incident,
  type PairFacts,
  type PoolFacts,
  type PoolReplication,
  type Targets,
} from './pair-state.js';

export const initialPair: PairFacts | null = null;

/** Total: an event that cannot happen in a state leaves it unchanged. */
export function evolvePair(pair: PairFacts | null, event: Recorded<PoolkeeperEvent>): PairFacts | null {
  if (event.type === 'PairRegistered') return register(pair, event);
  if (pair === null) return null;
  if (isInPlaceOfStruck(event)) return strikeIncident(pair, event);
  // What it corrects was left out, or has another time, before it came here.
  if (isCorrectionType(event.type)) return pair;
  if (event.type === 'PairUnregistered') return event.data.pairId === pair.pairId ? null : pair;
  if (event.type !== 'ReadingChosen') pair.recorded.set(event.type, (pair.recorded.get(event.type) ?? 0) + 1);
  const change = stageChangeOf(event.type);
  if (change !== undefined) changeStage(pair, change, event);
  noteConfiguration(pair, event);
  keepForReplication(pair, event);
  addToIncidentLog(pair, event);
  noteInIncident(pair, event);
  switch (event.type) {
    case 'ReadingChosen':
      pair.readings = { ...pair.readings, [event.data.reading]: event.data.choice };
      pair.readingsChosenAt = withParts(
        pair.readingsChosenAt,
        [event.data.reading],
        event.metadata.occurredAt,
      );
      break;
    case 'VersionSet':
      pair.version = { version: event.data.version, at: event.metadata.occurredAt };
      break;
    case 'PairEnded': {
      const { reason = null, givenUp = null } = event.data;
      pair.ended = { ...eventRefOf(event), reason, givenUp };
      break;
    }
    case 'PoolLeft': {
      const { pool, pairId: to, partner } = event.data;
      if (poolOf(pair, pool) === undefined) break;
      const carried = carriedOf(pair, pool);
      pair.departed.set(pool, { ...eventRefOf(event), to, partner, carried });
      dropCopiesOn(pair, pool);
      break;
    }
    case 'PoolGivenUp':
    case 'PoolRetired':
      endPool(pair, event);
      break;
    case 'OutageDeclared':
      setDatabase(pair, event.data.pool, event.data.backEndDatabase);
      break;
    case 'ServiceReported':
      noteService(pair, event);
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
        ...besideCreated(pair, event.data),
        ownerRemoved: false,
        hostedSince: event.position,
        lastChange: eventRefOf(event),
        knownAt: knownAtOf(pair, event),
      });
      break;
    }
    case 'ObjectModified':
      modify(pair, event);
      break;
    case 'ObjectRemoved':
      removeCopy(pair, event.data.pool, event.data.kind, event.data.id, {
        ...eventRefOf(event),
        knownAt: knownAtOf(pair, event),
      });
      break;
    case 'ResponseGroupsExported': {
      const exported = exportOf(event);
      pair.exports.set(exported.exportId, exported);
      learnFromFile(pair, exported, fileKnownAt({ data: exported, occurredAt: event.metadata.occurredAt }));
      if (exported.removeExported) {
        const removal = { ...eventRefOf(event), knownAt: event.metadata.occurredAt };
        for (const { kind, id } of exported.objects) removeCopy(pair, exported.pool, kind, id, removal);
      }
      break;
    }
    case 'ReplicationSet':
      setReplication(pair, event);
      break;
    case 'ReplicationReported':
      noteReplication(pair, event);
      break;
    case 'ReplicaShown':
      showReplica(pair, event);
      break;
    case 'ResponseGroupsImported':
      importObjects(pair, event);
      break;
    case 'RouteChosen':
      chooseRoute(pair, event);
      break;
    case 'PoolReplaced':
      replacePool(pair, event);
      break;
    default:
      break;
  }
  return pair;
}

function setDatabase(pair: PairFacts, fqdn: string, state: BackEndDatabaseState): void {
  const pool = poolOf(pair, fqdn);
  if (pool !== undefined) pool.backEndDatabase = state;
}
