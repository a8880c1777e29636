/** What edits make of a span; or what is wrong with them, edit by edit. */
import type { HistoryEvent } from '../histories/history.js';
import { happenedAt } from '../histories/edits.js';
import { inPlace } from '../histories/history.js';
import { comparePlaces, lastOf, type PairFact, type Place, type Step } from './course.js';
import type { EditedSpan } from './alternative.js';
import { timeText } from './outcome.js';
import type { Facts, Span } from './recorded.js';

export type Edit =
  | { readonly drop: { readonly event: string } }
  /** To an RFC 3339 time. */
  | { readonly move: { readonly event: string; readonly to: string } }
  /** A command, by its name and its body as they were checked, at an RFC 3339 time. */
  | { readonly add: { readonly command: string; readonly body: object; readonly at: string } }
  | { readonly reading: { readonly reading: string; readonly choice: string } };

/** Something that is wrong with an edit. */
export interface EditError {
  /** Its index. */
  readonly edit: number;
  /** A sentence. */
  readonly detail: string;
}

/** A fact that edits name by the id of its event. */
type Named = { readonly fact: PairFact } | { readonly call: number };

/** The facts that all alternatives name, looked up at once. */
export class NamedFacts {
  private readonly ofPair = new Map<string, PairFact>();
  private readonly ofCalls: ReadonlyMap<string, number>;

  constructor(
    readonly facts: Facts,
    ids: readonly string[],
  ) {
    const wanted = new Set(ids);
    for (const fact of facts.pair) if (wanted.has(fact.event.id)) this.ofPair.set(fact.event.id, fact);
    this.ofCalls = facts.calls.indexesOf(ids.filter((id) => !this.ofPair.has(id)));
  }

  /** Undefined where no fact in force has this id. */
  find(id: string): Named | undefined {
    const fact = this.ofPair.get(id);
    if (fact !== undefined) return { fact };
    const call = this.ofCalls.get(id);
    return call === undefined || !this.facts.calls.isInForce(call) ? undefined : { call };
  }

  placeOf(named: Named): Place {
    if ('fact' in named) return named.fact;
    const { calls } = this.facts;
    return { at: calls.timeOf(named.call), position: calls.positionOf(named.call) };
  }
}

/** The ids that edits name. */
export const idsNamedIn = (edits: readonly Edit[]): readonly string[] =>
  edits.flatMap((edit) => ('drop' in edit ? [edit.drop.event] : 'move' in edit ? [edit.move.event] : []));

/** The calls that added commands name. */
export const callsNamedIn = (edits: readonly Edit[]): readonly string[] =>
  edits.flatMap((edit) => {
    const body = 'add' in edit ? edit.add.body : {};
    return 'callId' in body && typeof body.callId === 'string' ? body.callId : [];
  });

export function planOf(
  edits: readonly Edit[],
  named: NamedFacts,
  span: Span,
): EditedSpan | readonly EditError[] {
  const errors: EditError[] = [];
  const edited = new Map<string, number>();
  const gone = new Set<string>();
  const skipped = new Set<number>();
  const inserted: Step[] = [];
  const readings: { reading: string; choice: string }[] = [];
  for (const [index, edit] of edits.entries()) {
    const detail = whyNot(edits, index, edited, named, span);
    if (detail !== null) {
      errors.push({ edit: index, detail });
      continue;
    }
    if ('reading' in edit) readings.push(edit.reading);
    else if ('add' in edit) inserted.push({ kind: 'add', edit: index, ...lastOf(Date.parse(edit.add.at)) });
    else {
      const { event, to = null } = 'move' in edit ? edit.move : { event: edit.drop.event };
      edited.set(event, index);
      const fact = named.find(event);
      if (fact !== undefined && 'call' in fact) {
        skipped.add(fact.call);
        if (to !== null) {
          const position = named.facts.calls.positionOf(fact.call);
          inserted.push({ kind: 'call', index: fact.call, at: Date.parse(to), position });
        }
      } else {
        for (const one of withBrought(named.facts.pair, event)) {
          gone.add(one.event.id);
          if (to !== null) inserted.push({ kind: 'pair', ...movedTo(one, to) });
        }
      }
    }
  }
  if (errors.length > 0) return errors;
  const isChosen = ({ event }: PairFact): boolean =>
    event.type === 'ReadingChosen' && readings.some(({ reading }) => reading === event.data.reading);
  const pair =
    gone.size + readings.length === 0
      ? named.facts.pair
      : named.facts.pair.filter((fact) => !gone.has(fact.event.id) && !isChosen(fact));
  return { pair, skipped, inserted: inserted.sort(inOrder), readings };
}

/** Those of a time that are added keep the order of the edits. */
const inOrder = (one: Step, other: Step): number =>
  comparePlaces(one, other) || (one.kind === 'add' && other.kind === 'add' ? one.edit - other.edit : 0);

/** A file brings with it what it changes, in the same append. */
const withBrought = (pair: readonly PairFact[], id: string): readonly PairFact[] =>
  pair.filter(({ event }) => event.id === id || event.metadata.causationId === id);

function movedTo({ event, position }: PairFact, to: string): PairFact {
  const moved: HistoryEvent = inPlace(happenedAt(event, timeText(Date.parse(to))));
  return { event: moved, at: Date.parse(to), position };
}

function whyNot(
  edits: readonly Edit[],
  index: number,
  edited: ReadonlyMap<string, number>,
  named: NamedFacts,
  span: Span,
): string | null {
  const edit = edits[index];
  if (edit === undefined || 'reading' in edit) return null;
  if ('add' in edit) return whyNotAt(edit.add.at, span) ?? whyNotBody(edits, edit.add, index);
  const { event, to = null } = 'move' in edit ? edit.move : { event: edit.drop.event };
  const fact = named.find(event);
  if (fact === undefined) {
    return `It names nothing: no event in force of this pair, its calls and the agents has the id ${event}. The audit trail shows the ids.`;
  }
  const before = edited.get(event);
  if (before !== undefined) {
    return `Edit ${before} names event ${event} already: one event is dropped or moved once.`;
  }
  const place = named.placeOf(fact);
  if (comparePlaces(place, span.after) <= 0 || comparePlaces(place, span.upTo) > 0) {
    return `It names nothing in the span: event ${event} happened at ${timeText(place.at)}, and the span goes from ${rangeText(span)}.`;
  }
  return to === null ? null : whyNotAt(to, span);
}

const rangeText = ({ after, upTo }: Span): string => `${timeText(after.at)} to ${timeText(upTo.at)}`;

function whyNotAt(time: string, span: Span): string | null {
  const at = Date.parse(time);
  return at < span.after.at || at > span.upTo.at
    ? `${timeText(at)} lies outside the span, which goes from ${rangeText(span)}; begin it earlier, end it later, or choose a time in it.`
    : null;
}

/** What an edit creates has the id `edit-<index>`, by which later ones name it. */
export const idCreatedBy = (index: number): string => `edit-${index}`;

/** Whoever names what another edit creates comes after it: so edits cannot wait for each other. */
function whyNotBody(
  edits: readonly Edit[],
  { command, body, at }: { readonly command: string; readonly body: object; readonly at: string },
  index: number,
): string | null {
  for (const [field, value] of Object.entries(body) as readonly [string, unknown][]) {
    const other = isName(field, command) ? editNamedBy(value) : null;
    if (other === null) continue;
    const it = `The ${field} of ${command} names edit-${other}`;
    if (other === index) return `${it}, which is what this edit creates itself.`;
    const named = edits[other];
    if (named === undefined || !('add' in named)) {
      // Objects have ids of people's choice, so that one may be on record with this one.
      if (field !== 'exportId') continue;
      return `${it}, and edit ${other} adds nothing.`;
    }
    const [then, now] = [Date.parse(named.add.at), Date.parse(at)];
    if (then > now || (then === now && other > index)) {
      return `${it}, which comes after this edit: what an edit names has to be there before.`;
    }
  }
  return null;
}

/** Whether a field names what another command creates: in any other, `edit-3` is a text like any other. */
const isName = (field: string, command: string): boolean =>
  field === 'exportId' ||
  field === 'responseGroup' ||
  field === 'agentGroup' ||
  (field === 'id' && command !== 'create-object');

function editNamedBy(value: unknown): number | null {
  const found = typeof value === 'string' ? /^edit-(\d{1,4})$/.exec(value) : null;
  return found === null ? null : Number(found[1]);
}
