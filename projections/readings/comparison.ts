/** What would have been answered about a pool, had the document been read otherwise. All of it is hypothetical. */
import { logPositionOf } from '../../events/places.js';
import type { EventType } from '../../events/registry.js';
import type { ReadingId } from '../../policy/readings.js';
import { nameIn } from '../effects/calls.js';
import type { HistoryEvent } from '../histories/history.js';
import type { Alternative } from '../what-if/alternative.js';
import { timeText } from '../what-if/outcome.js';
import type { Recorded } from '../what-if/recorded.js';
import type { CutOffAtOnce } from '../what-if/noted.js';
import type { Walk } from '../what-if/walk.js';
import type { Apart, CopyApart, SignInApart } from './standing.js';

export interface ReadingCompared {
  readonly reading: ReadingId;
  readonly question: string;
  /** Null where the document leaves no choice. */
  readonly inForce: string | null;
  /** Every other choice; empty where there is none. */
  readonly otherwise: readonly Otherwise[];
}

export interface Otherwise {
  readonly choice: string;
  readonly text: string;
  /** Whether any answer would be another. */
  readonly differs: boolean;
  readonly calls: CallsOtherwise;
  /** Copies that other tools would have shown or changed at any of the moments. */
  readonly copies: readonly CopyApart[];
  /** Sign-ins that would have held, or not, at the first moment at which that was so. */
  readonly signIns: readonly (SignInApart & { readonly since: string })[];
  /** The moments after which an answer would have been another. */
  readonly moments: readonly MomentOtherwise[];
  /** Ids of recorded events that could not have happened. */
  readonly contradicted: readonly string[];
  /** Entries beyond those that are listed here; absent where there are none. */
  readonly more?: Readonly<Record<string, number>>;
  readonly basis: 'hypothetical';
}

/** Calls of the pool's response groups. */
export interface CallsOtherwise {
  /** How many were cut off, */
  readonly recorded: number;
  /** and how many would have been. */
  readonly otherwise: number;
  /** Cut off in the record only. */
  readonly saved: number;
  /** Cut off otherwise only. */
  readonly lost: number;
  /** Cut off in both, for other causes. */
  readonly otherCause: number;
  readonly differing: readonly CallOtherwise[];
}

export interface CallOtherwise {
  readonly callId: string;
  readonly responseGroup: string;
  readonly responseGroupName: string | null;
  /** Null where it was not cut off. */
  readonly recorded: CutOffThen | null;
  readonly otherwise: CutOffThen | null;
}

export interface CutOffThen {
  readonly at: string;
  /** A statement id, or `inferred/<inference>`. */
  readonly because: string;
}

export interface MomentOtherwise {
  readonly event: string;
  readonly position: string;
  readonly type: EventType;
  readonly occurredAt: string;
  /** Calls of both pools that it cut off, and would have. */
  readonly cutOff: { readonly recorded: number; readonly otherwise: number };
  readonly copies: number;
  readonly signIns: number;
}

/** Entries of each list in an answer. */
const LISTED = 200;

export function otherwiseOf(
  { choice, text }: { readonly choice: string; readonly text: string },
  fqdn: string,
  recorded: Recorded,
  other: Alternative,
  apart: readonly Apart[],
): Otherwise {
  const calls = callsOtherwise(fqdn, recorded.walk, other.walk);
  const copies = distinct(apart.flatMap((one) => one.copies));
  const signIns = distinct(
    apart.flatMap(({ event, signIns: some }) => some.map((one) => ({ ...one, since: whenOf(event) }))),
    ({ agent, pool, agentGroup }) => [agent, pool, agentGroup],
  );
  const moments = momentsOtherwise(recorded, other.walk, apart);
  const contradicted = other.contradicted.map((fact) =>
    typeof fact === 'number' ? recorded.facts.calls.idOf(fact) : fact,
  );
  const lists = { calls: calls.differing, copies, signIns, moments, contradicted };
  const beyond = Object.entries(lists)
    .map(([name, { length }]): [string, number] => [name, length - LISTED])
    .filter(([, rest]) => rest > 0);
  return {
    choice,
    text,
    differs: Object.values(lists).some(({ length }) => length > 0),
    calls: { ...calls, differing: calls.differing.slice(0, LISTED) },
    copies: copies.slice(0, LISTED),
    signIns: signIns.slice(0, LISTED),
    moments: moments.slice(0, LISTED),
    contradicted: contradicted.slice(0, LISTED),
    ...(beyond.length === 0 ? {} : { more: Object.fromEntries(beyond) }),
    basis: 'hypothetical',
  };
}

function callsOtherwise(fqdn: string, recorded: Walk, other: Walk): CallsOtherwise {
  const { log } = recorded;
  const differing: CallOtherwise[] = [];
  const counts = { recorded: 0, otherwise: 0, saved: 0, lost: 0, otherCause: 0 };
  for (let call = 0; call < recorded.cause.length; call += 1) {
    if (log.ownerOf(call) !== fqdn) continue;
    const [is, were] = [cutOffIn(recorded, call), cutOffIn(other, call)];
    if (is !== null) counts.recorded += 1;
    if (were !== null) counts.otherwise += 1;
    if (is?.because === were?.because && is?.at === were?.at) continue;
    if (were === null) counts.saved += 1;
    else if (is === null) counts.lost += 1;
    else counts.otherCause += 1;
    const responseGroup = log.groupOf(call);
    const responseGroupName = nameIn(recorded.pair, fqdn, responseGroup);
    const callId = log.calls.at(call);
    differing.push({ callId, responseGroup, responseGroupName, recorded: is, otherwise: were });
  }
  return { ...counts, differing };
}

function cutOffIn(walk: Walk, call: number): CutOffThen | null {
  const cause = walk.cause[call] ?? 0;
  return cause === 0 ? null : { at: timeText(walk.cutAt[call] ?? 0), because: walk.causes.at(cause - 1) };
}

function momentsOtherwise(
  recorded: Recorded,
  other: Walk,
  apart: readonly Apart[],
): readonly MomentOtherwise[] {
  const [is, were] = [byPosition(recorded.walk.cutAtOnce), byPosition(other.cutAtOnce)];
  const standing = new Map(apart.map((one) => [logPositionOf(one.event.position), one]));
  return recorded.facts.pair.flatMap(({ event, position }) => {
    const cutOff = { recorded: is.get(position) ?? 0, otherwise: were.get(position) ?? 0 };
    const one = standing.get(position);
    if (cutOff.recorded === cutOff.otherwise && one === undefined) return [];
    const { id, type } = event;
    return {
      event: id,
      position: String(position),
      type,
      occurredAt: whenOf(event),
      cutOff,
      copies: one?.copies.length ?? 0,
      signIns: one?.signIns.length ?? 0,
    };
  });
}

const byPosition = (cuts: readonly CutOffAtOnce[]): ReadonlyMap<bigint, number> =>
  new Map(cuts.map(({ position, calls }) => [position, calls.length]));

const whenOf = ({ metadata }: HistoryEvent): string => metadata.occurredAt;

/** Each once, as it came first. */
function distinct<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => unknown = (item) => item,
): readonly Item[] {
  const known = new Map<string, Item>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    if (!known.has(key)) known.set(key, item);
  }
  return [...known.values()];
}
