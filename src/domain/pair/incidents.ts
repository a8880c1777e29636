/** Decides what is recorded about incidents beside their stages: targets, notes, and steps that nothing else shows. */
import { requirePool } from '../../../facts/copies.js';
import { isWithin } from '../../../facts/incident.js';
import type { PairFacts, Targets } from '../../../facts/pair.js';
import { stepsByHand } from '../../../policy/runbook/steps.js';
import { didYouMean } from '../../../policy/texts/nearest.js';
import type { PairCommands } from '../commands.js';
import { accepted, alreadyHolds, invalid, type Decision, type Held, type Refused } from '../decision.js';
import { recordedOtherwise } from '../reported-time.js';
import { refusedBy } from '../rules.js';
import { legalFor } from './legal.js';

type Aim = PairCommands['set-targets']['recoveryTime'];

/** A target that is not named stays. */
export function setTargets(pair: PairFacts, command: PairCommands['set-targets']): Decision {
  const { pool, recoveryTime, recoveryPoint } = command;
  if (recoveryTime === undefined && recoveryPoint === undefined) {
    return invalid([
      { pointer: '/recoveryTime', detail: 'is missing; give recoveryTime, recoveryPoint or both.' },
    ]);
  }
  const before = pair.targets ?? noTargets;
  const after = {
    recoveryTime: aimedAt(recoveryTime, before.recoveryTime),
    recoveryPoint: aimedAt(recoveryPoint, before.recoveryPoint),
  };
  const held = heldTargets(pool, before, command);
  return after.recoveryTime === before.recoveryTime && after.recoveryPoint === before.recoveryPoint
    ? alreadyHolds(null, held)
    : accepted([{ type: 'TargetsSet', data: { pool, ...after } }], { replaces: held });
}

const noTargets: Targets = {
  recoveryTime: null,
  recoveryPoint: null,
  setAt: { recoveryTime: null, recoveryPoint: null },
};

/** As of the later of the targets that are named again; undefined where none of them was ever set. */
function heldTargets(pool: string, { setAt }: Targets, named: PairCommands['set-targets']): Held | undefined {
  const times = (['recoveryTime', 'recoveryPoint'] as const).flatMap((aim) =>
    named[aim] === undefined ? [] : (setAt[aim] ?? []),
  );
  const at = times.toSorted().at(-1);
  return at === undefined ? undefined : { what: `What is aimed at for ${pool}`, at };
}

const aimedAt = (aim: Aim, before: number | null): number | null =>
  aim === undefined ? before : aim === 'none' ? null : aim;

/** The note belongs to the incident that was under way at its moment; else to the latest of the pool, also when that is over. */
export function annotateIncident(
  pair: PairFacts,
  { pool, text, at }: PairCommands['annotate-incident'],
  happenedAt: string | null,
): Decision {
  const all = pair.incidents.filter((one) => one.pool === pool);
  const latest = all.at(-1);
  if (latest === undefined) return noIncident(pair, pool, 'has had no incident that a note could be about');
  const moment = at ?? happenedAt;
  const incident = (moment === null ? undefined : all.findLast((one) => isWithin(one, moment))) ?? latest;
  const same = incident.notes.filter((note) => note.text === text);
  const known = same.find((note) => moment === null || note.at === moment) ?? same.at(-1);
  if (known !== undefined) {
    const held = { what: `That note on ${incident.id}`, at: known.at };
    return moment === null || known.at === moment
      ? alreadyHolds()
      : recordedOtherwise(held, 'annotate-incident', 'time');
  }
  return accepted([
    {
      type: 'IncidentAnnotated',
      data: { pool, incident: incident.id, text, ...(at === undefined ? {} : { at }) },
    },
  ]);
}

/** Steps that events complete are not ticked off: the log would say twice, and perhaps differently, what happened. */
export function tickStep(pair: PairFacts, { pool, step, note }: PairCommands['tick-step']): Decision {
  if (!stepsByHand.some((id) => id === step)) return notByHand(step);
  const { incident: id } = requirePool(pair, pool);
  const incident = pair.incidents.find((one) => one.id === id);
  if (incident === undefined) return noIncident(pair, pool, 'has no incident under way');
  const before = incident.ticks.get(step);
  if (before !== undefined && (note === undefined || note === before.note)) {
    return alreadyHolds(null, { what: `The tick of ${step} in ${incident.id}`, at: before.occurredAt });
  }
  return accepted([
    {
      type: 'StepTicked',
      data: { pool, incident: incident.id, step, ...(note === undefined ? {} : { note }) },
    },
  ]);
}

function notByHand(step: string): Refused {
  const known = stepsByHand.join(', ');
  return refusedBy(
    'step-not-by-hand',
    `"${step}" is no step of the runbook that is ticked off by hand${didYouMean(step, stepsByHand)}. Those are ${known}; the others are done once their events are recorded.`,
    { allowed: stepsByHand.map((id) => `tick-step --step ${id}`) },
  );
}

const noIncident = (pair: PairFacts, pool: string, what: string): Refused =>
  refusedBy('no-incident', `Pool ${pool} ${what}.`, {
    allowed: legalFor(pair, requirePool(pair, pool)).map((command) => `${command} ${pool}`),
  });
