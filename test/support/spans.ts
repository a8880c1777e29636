/** Spans of histories that are given as events, and alternatives to them. */
import { describeStream } from '../../events/streams.js';
import { factsIn, inPlace, type HistoryEvent } from '../../projections/histories/history.js';
import { foldAlternative, type Alternative } from '../../projections/what-if/alternative.js';
import { CallColumns } from '../../projections/what-if/call-columns.js';
import type { CallFact } from '../../projections/what-if/call-event.js';
import { comparePlaces, firstOf, lastOf } from '../../projections/what-if/course.js';
import { idsNamedIn, NamedFacts, planOf, type Edit } from '../../projections/what-if/plan.js';
import { foldRecorded, type Facts, type Recorded, type Span } from '../../projections/what-if/recorded.js';
import { decideAdded, type AddedCommand } from '../../src/runtime/queries/what-if/decide-added.js';
import { pairId } from './story.js';

export function factsOf(events: readonly HistoryEvent[], watched: readonly string[] = []): Facts {
  const calls = new CallColumns(pairId);
  const pair: HistoryEvent[] = [];
  for (const event of factsIn(events)) {
    const { family } = describeStream(event.stream);
    if (family === 'pair' || family === 'agent') pair.push(event);
    if (family === 'call') calls.add(event as CallFact);
  }
  calls.watch(watched);
  calls.settle(new Set(), new Map());
  const placed = pair.map((event) => ({
    event: inPlace(event),
    at: Date.parse(event.metadata.occurredAt),
    position: event.position,
  }));
  return { calls, pair: placed.sort(comparePlaces) };
}

/** From the first event to the last, unless it is said otherwise. */
export async function spanOf(
  events: readonly HistoryEvent[],
  fqdn: string,
  between?: readonly [string, string],
  watched?: readonly string[],
): Promise<Recorded> {
  const times = events.map(({ metadata }) => Date.parse(metadata.occurredAt));
  const [from, to] = between?.map((time) => Date.parse(time)) ?? [Math.min(...times), Math.max(...times)];
  const span: Span = { after: firstOf(from ?? 0), upTo: lastOf(to ?? 0) };
  return await foldRecorded(factsOf(events, watched), span, fqdn, () => undefined);
}

/** @throws where an edit is wrong */
export async function alternativeTo(
  recorded: Recorded,
  edits: readonly Edit[],
  stillWaiting = false,
): Promise<Alternative> {
  const plan = planOf(edits, new NamedFacts(recorded.facts, idsNamedIn(edits)), recorded.span);
  if (!('pair' in plan)) throw new Error(JSON.stringify(plan));
  const decide = (edit: number, walk: Recorded['walk'], at: number) => {
    const { add } = edits[edit] as Extract<Edit, { readonly add: object }>;
    return decideAdded({ name: add.command, body: add.body } as AddedCommand, edit, walk, at);
  };
  return await foldAlternative(recorded, plan, { stillWaiting, decide }, () => undefined);
}

/** The ids of events that an alternative contradicts. */
export const contradictedIn = ({ facts }: Recorded, { contradicted }: Alternative): readonly string[] =>
  contradicted.map((fact) => (typeof fact === 'number' ? facts.calls.idOf(fact) : fact));
