/** Decides what is recorded of the replication of response groups: set-replication and report-replication. */
import { partnerOf, requirePool } from '../../../facts/copies.js';
import { arrivesNowhere, isGood, replicationOf } from '../../../facts/replication.js';
import type { PairFacts, PoolFacts, PoolReplication } from '../../../facts/pair.js';
import { serves, isDown } from '../../../policy/stages.js';
import { versions } from '../../../policy/versions.js';
import type { PairCommands } from '../commands.js';
import { accepted, alreadyHolds, invalid, type Decision, type Held } from '../decision.js';
import { allowed, evaluate, refusedBy, warn, type Ruling } from '../rules.js';
import { inAPair } from './alone.js';

type Setting = PairCommands['set-replication'];
type Report = PairCommands['report-replication'];

/** What is not named stays. */
export function setReplication(pair: PairFacts, command: Setting): Decision {
  const { pool, enabled, update, seeded, reason } = command;
  if (enabled === undefined && update === undefined && seeded === undefined) {
    return invalid([
      { pointer: '/enabled', detail: 'is missing; give at least one of enabled, update and seeded.' },
    ]);
  }
  const known = replicationOf(pair, pool);
  const before = { enabled: pair.replication?.enabled ?? null, update: known.update, seeded: known.seeded };
  const changed = {
    ...(enabled === undefined || enabled === before.enabled ? {} : { enabled }),
    ...(update === undefined || update === before.update ? {} : { update }),
    ...(seeded === undefined || seeded === before.seeded ? {} : { seeded }),
  };
  if (Object.keys(changed).length === 0) return alreadyHolds(null, settingHeld(pair, pool, command));
  const ruling = evaluate(
    () => (enabled === true ? inAPair(pair, requirePool(pair, pool)) : allowed()),
    () => (enabled === true ? versionReplicates(pair) : allowed()),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const data = { pool, ...changed, ...(reason === undefined ? {} : { reason }) };
  return accepted([{ type: 'ReplicationSet', data }], {
    warnings: ruling.warnings,
    replaces: settingHeld(pair, pool, changed),
  });
}

/** As of the latest of the settings that are named; undefined where nobody has said anything of them. */
function settingHeld(pair: PairFacts, pool: string, named: Partial<Setting>): Held | undefined {
  const { update, updateSet, seeded, seededSet } = replicationOf(pair, pool);
  const { enabled = null, enabledSet } = pair.replication ?? {};
  const all = [
    { name: 'enabled', value: enabled, set: enabledSet },
    { name: 'update', value: update, set: updateSet },
    { name: 'seeded', value: seeded, set: seededSet },
  ] as const;
  const known = all.flatMap(({ name, value, set }) =>
    named[name] === undefined || set === undefined ? [] : { text: `${name}: ${value}`, set },
  );
  const latest = known
    .map(({ set }) => set)
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .at(-1);
  return (
    latest && { what: `The replication of ${pool} (${known.map(({ text }) => text).join(', ')})`, ...latest }
  );
}

function versionReplicates({ version }: PairFacts): Ruling {
  if (version === null) {
    const detail =
      'The version of the product is not on record (set-version): only 2019 with the update of July 2019, and Subscription Edition, replicate response groups.';
    return allowed({ warnings: warn('version-not-known', detail) });
  }
  const { title, replicates } = versions[version.version];
  return replicates
    ? allowed()
    : refusedBy(
        'version-replicates',
        `${title} does not replicate response groups. If the pair runs another version, record that first.`,
        { allowed: ['set-version'] },
      );
}

export function reportReplication(pair: PairFacts, command: Report, happenedAt: string | null): Decision {
  const { pool, state, importState, at } = command;
  if (saysNothingNew(replicationOf(pair, pool), command, happenedAt))
    return alreadyHolds(null, heldBy(pair, pool));
  const until = at ?? (isGood(state) ? happenedAt : null);
  const ruling = evaluate(
    () => inAPair(pair, requirePool(pair, pool)),
    () => isSwitchedOn(pair),
    () => (isGood(state) ? bothHaveTheUpdate(pair) : allowed()),
    () => (at === undefined && !isGood(state) ? allowed() : bothAreUp(pair, command, until)),
    () => (until === null ? allowed() : bothWereThere(pair, until)),
    () => (isGood(state) ? partnerTakesIn(pair, command) : allowed()),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const data = {
    pool,
    state,
    ...(importState === undefined ? {} : { importState }),
    ...(at === undefined ? {} : { at }),
  };
  return accepted([{ type: 'ReplicationReported', data }], { warnings: ruling.warnings });
}

/** A later check is news, though it finds what the one before did: it is known as of then. Without a time, where it says up to when. */
function saysNothingNew(
  { state, importState, lastGood, reported }: PoolReplication,
  command: Report,
  happenedAt: string | null,
): boolean {
  if (command.state !== state || (command.importState ?? importState) !== importState) return false;
  if (happenedAt !== null && (reported === null || happenedAt > reported.occurredAt)) return false;
  if (command.at !== undefined) return command.at === lastGood;
  if (!isGood(state)) return true;
  return happenedAt !== null && lastGood !== null && happenedAt <= lastGood;
}

function heldBy(pair: PairFacts, pool: string): Held | undefined {
  const { state, reported } = replicationOf(pair, pool);
  if (reported === null) return undefined;
  return { what: `The status of the replication from ${pool} as ${state ?? ''}`, at: reported.occurredAt };
}

const isSwitchedOn = ({ replication }: PairFacts): Ruling =>
  replication?.enabled === true
    ? allowed()
    : refusedBy(
        'replication-is-on',
        `That the backup service replicates response groups is ${replication?.enabled === false ? 'on record as switched off' : 'not on record'}: record that it is switched on first (enabled).`,
        { allowed: ['set-replication'] },
      );

function bothHaveTheUpdate(pair: PairFacts): Ruling {
  const without = pair.pools.find(({ fqdn }) => replicationOf(pair, fqdn).update === false);
  return without === undefined
    ? allowed()
    : refusedBy(
        'replication-needs-the-update',
        `${without.fqdn} is on record without the update that brings replication. If it has it by now, record that (update).`,
        { allowed: ['set-replication'] },
      );
}

/** What is exported is not there while the partner does not take it in. */
function partnerTakesIn(pair: PairFacts, command: Report): Ruling {
  if (!arrivesNowhere(pair, command)) return allowed();
  const partner = partnerOf(pair, command.pool).fqdn;
  const detail = `${partner} is on record as taking nothing in (importState ErrorState), so that this does not count as a good replication. Report ${partner} once it is in NormalState, then ${command.pool} again; or name the time up to which all is there (at).`;
  return allowed({ warnings: warn('import-in-error', detail) });
}

/** Nothing that was replicated to or from a pool that was lost is on record of the one in its place. */
function bothWereThere(pair: PairFacts, until: string): Ruling {
  const replaced = pair.formerNames.findLast(({ at }) => Date.parse(until) <= Date.parse(at));
  return replaced === undefined
    ? allowed()
    : refusedBy(
        'replication-needs-both-pools',
        `${replaced.present} has taken the place of ${replaced.fqdn} at ${replaced.at}: nothing that was replicated before is on it, or came from it. Name a later time (at), or none.`,
        { allowed: ['at'] },
      );
}

/** @param until null: up to now */
function bothAreUp(pair: PairFacts, { pool, state }: Report, until: string | null): Ruling {
  const isPlanned = (down: PoolFacts): boolean =>
    state === 'FinalState' && down.fqdn === pool && serves(down.failoverFrom ?? 'outage');
  const down = pair.pools.find((one) => {
    if (!isDown(one.stage) || isPlanned(one)) return false;
    const began = pair.incidents.find(({ id }) => id === one.incident)?.startedAt ?? one.since;
    return until === null || until > began;
  });
  if (down === undefined) return allowed();
  return down.replaces !== undefined
    ? refusedBy(
        'replication-needs-both-pools',
        `${down.fqdn} takes the place of ${down.replaces.fqdn} and does not serve yet: what is replicated between it and its partner is reported once it does.`,
        { allowed: [`complete-replacement ${down.fqdn}`] },
      )
    : refusedBy(
        'replication-needs-both-pools',
        `${down.fqdn} is in stage ${down.stage}: what was replicated before it went down has a time before that (at).`,
        { allowed: ['at'] },
      );
}
