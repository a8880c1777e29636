/** Decides the corrections of events: what was recorded by mistake, and what happened at another time. */
import { isCorrectionType } from '../../../events/correction.js';
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { describeStream } from '../../../events/streams.js';
import type { Corrections } from '../../../facts/in-force.js';
import { few } from '../../../policy/texts/few.js';
import type { CorrectionCommands } from '../commands.js';
import { accepted, alreadyHolds, type Decision } from '../decision.js';
import { allowed, evaluate, refusedBy, type Ruling } from '../rules.js';
import type { Needing } from './needs.js';
import { wayAgainst, wayBack, wayThere } from './ways.js';

/** What a correction is decided on. */
export interface CorrectionContext {
  /** The event that the command names, as it was recorded. */
  readonly event: Recorded<PoolkeeperEvent>;
  /** Of its stream. */
  readonly corrections: Corrections;
  /** In the order of the log: the later facts that need it, for a time those that need it at the time that it has. */
  readonly needing: readonly Needing[];
  /** How many need it, where those are the last of them only. */
  readonly inAll?: number;
  /** The id of the incident that began with the event; null where none did. */
  readonly incident: string | null;
}

/** How many of the facts that need an event are named: those that have to go first. */
export const namedAtMost = 20;

export function decideRetraction(
  context: CorrectionContext,
  { reason }: CorrectionCommands['retract'],
): Decision {
  const { event, needing, inAll, incident } = context;
  const ruling = evaluate(
    () => isFact(event),
    () => isNoRegistration(event),
    () => isInForce(context),
    () => nothingNeedsIt(event, needing, inAll),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  return accepted([
    {
      type: 'EventRetracted',
      data: { ...outlineOf(event), ...(incident === null ? {} : { incident }), reason },
    },
  ]);
}

export function decideTimeCorrection(
  context: CorrectionContext,
  { occurredAt, reason }: CorrectionCommands['correct-time'],
): Decision {
  const { event, corrections, needing } = context;
  const before = (corrections.inForce(event) ?? event).metadata.occurredAt;
  const ruling = evaluate(
    () => isFact(event),
    () => isOfOnePair(event),
    () => isInForce(context),
    () => isRecordedAfterwards(event, occurredAt),
    () => keepsTheOrder(event, { from: before, to: occurredAt }, needing),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  if (before === occurredAt) return alreadyHolds();
  const data = { ...outlineOf(event), occurredAt, before, reason };
  return accepted([{ type: 'EventTimeCorrected', data }]);
}

/** Refusals, receipts and decisions about dead letters tell what the service did, and a correction is itself on record. */
export function isFact({ id, type, stream, data }: Recorded<PoolkeeperEvent>): Ruling {
  const { family } = describeStream(stream);
  if (isCorrectionType(type)) {
    return refusedBy(
      'corrections-stay',
      `${id} is itself a correction (${type}), and corrections stay. What was retracted by mistake is recorded again, with the time at which it happened; a time that was corrected wrongly is corrected again.`,
      { allowed: [wayBack(data)] },
    );
  }
  return family === 'pair' || family === 'call' || family === 'agent'
    ? allowed()
    : refusedBy(
        'only-facts-are-corrected',
        `${id} is ${type} in the stream ${stream}: it tells what Poolkeeper did, which cannot have been otherwise. Only what was recorded of pools, agents and calls is corrected.`,
        { allowed: ['eventId'] },
      );
}

/** Which pools are paired stands in another stream as well. */
const ofPairings: ReadonlySet<string> = new Set([
  'PairRegistered',
  'PairUnregistered',
  'PairEnded',
  'PoolLeft',
]);

export function isNoRegistration({ id, type }: Recorded<PoolkeeperEvent>): Ruling {
  if (type === 'PoolReplaced') {
    return refusedBy(
      'registration-stays',
      `${id} is PoolReplaced: which pools are paired rests on it. If the name was mistaken, the pool of that name is replaced in its turn, by the right one.`,
      { allowed: ['replace-pool'] },
    );
  }
  return ofPairings.has(type)
    ? refusedBy(
        'registration-stays',
        `${id} is ${type}, on which all of the pair rests. ${
          type === 'PairRegistered'
            ? 'A registration is taken back with unregister-pair, while nothing else is on record.'
            : 'The pair is registered again with register-pair.'
        }`,
        { allowed: [type === 'PairRegistered' ? 'unregister-pair' : 'register-pair'] },
      )
    : allowed();
}

/** When a pool left a pair, or another took its place, stands in two streams, and names are looked up by it. */
export function isOfOnePair({ id, type, data }: Recorded<PoolkeeperEvent>): Ruling {
  const isOfTwo = type === 'PairRegistered' ? data.carried !== undefined : leaving.has(type);
  return isOfTwo
    ? refusedBy(
        'registration-stays',
        `${id} is ${type}: which name and which pair a pool had at a moment is on record in more than one stream, and its time stays as it was recorded. Times of what happened in the pair are corrected.`,
        { allowed: ['eventId'] },
      )
    : allowed();
}

const leaving: ReadonlySet<string> = new Set(['PoolReplaced', 'PairUnregistered', 'PairEnded', 'PoolLeft']);

export function isInForce({ event, corrections }: CorrectionContext): Ruling {
  const { retracted } = corrections.of(event);
  if (retracted === null) return allowed();
  const how = retracted.data.eventId === event.id ? '' : `, with ${retracted.data.eventId} that brought it`;
  return refusedBy(
    'already-retracted',
    `${event.type} ${event.id} was retracted by ${retracted.metadata.actor} at ${retracted.metadata.occurredAt}${how}: ${retracted.data.reason}`,
    { allowed: ['eventId'] },
  );
}

export function nothingNeedsIt(
  event: Recorded<PoolkeeperEvent>,
  needing: readonly Needing[],
  inAll = needing.length,
): Ruling {
  if (needing.length === 0) return allowed();
  const left = leavingIn(needing);
  if (left !== undefined) {
    return refusedBy(
      'later-facts-need-it',
      `${event.type} ${event.id} cannot be taken from the record any more: ${left.detail}`,
      { allowed: [wayAgainst(event, poolIn(event.data))] },
    );
  }
  return refusedBy(
    'later-facts-need-it',
    `${event.type} ${event.id} cannot be taken from the record while these need it; they have to go first, the last one first: ${listed(needing)}. ${needing[0]?.detail ?? ''}${andMore(inAll)}`,
    { allowed: needing.toReversed().map((one) => `retract ${one.event.id}`) },
  );
}

const leavingIn = (needing: readonly Needing[]): Needing | undefined =>
  needing.find((one) => one.event.type === 'PoolLeft');

/** Clocks of reporters may run ahead by this much, in milliseconds. */
const tolerance = 5_000;

export function isRecordedAfterwards(
  { id, type, recordedAt }: Recorded<PoolkeeperEvent>,
  occurredAt: string,
): Ruling {
  return Date.parse(occurredAt) <= Date.parse(recordedAt) + tolerance
    ? allowed()
    : refusedBy(
        'recorded-once-it-happened',
        `${type} ${id} was recorded at ${recordedAt}, so that it cannot have happened at ${occurredAt}. If it did, what was recorded then was a mistake: retract it, and record it again.`,
        { allowed: [`retract ${id}`] },
      );
}

/** @param times those that it has and is to have: what it passes on the way later goes first from the end, on the way back from the beginning */
export function keepsTheOrder(
  event: Recorded<PoolkeeperEvent>,
  { from, to }: { readonly from: string; readonly to: string },
  needing: readonly Needing[],
): Ruling {
  if (needing.length === 0) return allowed();
  const left = leavingIn(needing);
  if (left !== undefined) {
    return refusedBy(
      'later-facts-need-its-time',
      `The time of ${event.type} ${event.id} is not corrected any more: ${left.detail}`,
      { allowed: [wayThere(event, poolIn(event.data))] },
    );
  }
  const others = needing.filter((one) => one.event.id !== event.id);
  const ordered = Date.parse(to) > Date.parse(from) ? others.toReversed() : others;
  const inTurn = ordered.slice(0, namedAtMost);
  return refusedBy(
    'later-facts-need-its-time',
    `With ${event.type} ${event.id} at ${to} these cannot have happened as they are on record; correct their times first, or give another: ${listed(inTurn.length === 0 ? needing : inTurn)}. ${needing[0]?.detail ?? ''}${andMore(others.length)}`,
    { allowed: ['occurredAt', ...inTurn.map((one) => `correct-time ${one.event.id}`)] },
  );
}

const listed = (needing: readonly Needing[]): string =>
  few(needing, { word: ({ event: { id, type } }) => `${type} ${id}` });

/** How many there are where not all are named, and how the others are seen. */
const andMore = (inAll: number): string =>
  inAll <= namedAtMost
    ? ''
    : ` There are ${inAll} of them. \`allowed\` names the first ${namedAtMost} in their turn; once those are done, asking again names the next.`;

/** What a correction says of its event. */
function outlineOf({ id, type, revision, data }: Recorded<PoolkeeperEvent>): {
  readonly eventId: string;
  readonly eventType: string;
  readonly revision: string;
  readonly pool?: string;
} {
  const pool = poolIn(data);
  return {
    eventId: id,
    eventType: type,
    revision: revision.toString(),
    ...(pool === null ? {} : { pool }),
  };
}

/** The pool that the data of an event names. */
export function poolIn(data: object): string | null {
  for (const field of ['pool', 'destination', 'homePool'] as const) {
    const value: unknown = field in data ? data[field as keyof typeof data] : undefined;
    if (typeof value === 'string') return value;
  }
  return null;
}
