import { endOfTime, logPositionOf } from '../../../events/places.js';
import { asRecorded, inPlace, type HistoryEvent } from '../../../projections/histories/history.js';
import type { Folded } from '../../../projections/histories/history-fold.js';
import {
  countIncidents,
  stageBeginnings,
  type StageBeginning,
} from '../../../projections/histories/stage-beginnings.js';
import type { AskedMoment, EventMoment, HappenedMoment, Moment, StageMoment } from '../moment.js';
import type { FoldedHistory } from '../projections/histories/folded-history.js';
import type { Histories } from '../projections/histories/histories.js';
import type { FormerPair } from '../projections/state/directory.js';
import { noEvent, noPool, noStage, retracted, Unresolved } from './unresolved.js';

/** In which history a moment is looked for. */
export interface MomentScope {
  /** Null: in that of all pairs and agents. */
  readonly pairId: string | null;
  /** The pool whose incidents are meant; null where there is none. */
  readonly fqdn: string | null;
  /** The pairs that the pool was in before, the oldest first; absent where it was in none. */
  readonly former?: readonly FormerPair[];
  /** How many incidents the pool had in the pairs before this one; none where absent. */
  readonly incidentsBefore?: number;
}

/** A moment in one pair: names count the incidents of that pair. */
export interface MomentInPair {
  readonly asked: AskedMoment;
  readonly scope: MomentScope;
}

type Look = Pick<FoldedHistory<Folded>, 'events' | 'happenedAsOf'>;

/** Which moments are meant by what is asked for. */
export class Moments {
  constructor(private readonly histories: Histories) {}

  /** A moment of the log. @throws StoreUnavailableError */
  async recorded(field: string, wanted: AskedMoment, within: MomentScope): Promise<Moment | Unresolved> {
    if (wanted.kind === 'position' || wanted.kind === 'time') return wanted;
    const { scope, asked } = await this.inItsPair(wanted, within);
    if (asked.kind === 'position' || asked.kind === 'time') return asked;
    return await this.in(scope, ({ events }) => {
      if (asked.kind === 'event') {
        const event = events.find(({ id }) => id === asked.id);
        return event === undefined
          ? noEvent(field, asked, shownOf(events, scope))
          : { kind: 'position', position: event.position };
      }
      const found = stageIn(field, asked, asRecorded(events).events, scope);
      if (found instanceof Unresolved) return found;
      return asked.offset === null
        ? { kind: 'position', position: found.position }
        : { kind: 'time', time: later(found.recordedAt, asked.offset) };
    });
  }

  /**
   * A moment of what happened, by what was known as of a position.
   * @throws StoreUnavailableError
   */
  async happened(
    field: string,
    wanted: AskedMoment,
    within: MomentScope,
    asOf: bigint,
  ): Promise<HappenedMoment | Unresolved> {
    const { scope, asked } = await this.inItsPair(wanted, within);
    if (asked.kind === 'time') return { place: endOfTime(asked.time), time: asked.time };
    return await this.in(scope, (history) => {
      const { events } = history;
      if (asked.kind === 'stage') {
        const found = stageIn(field, asked, history.happenedAsOf(asOf), scope);
        return found instanceof Unresolved ? found : afterPlace(found, asked.offset);
      }
      const facts = history.happenedAsOf(asOf);
      if (asked.kind === 'event') return placeOfEvent(field, asked, facts, events, scope);
      const event = events.findLast(({ position }) => position <= asked.position);
      return event === undefined ? { place: 0n, time: null } : placeIn(facts, event);
    });
  }

  /**
   * Of a pool that was in several pairs: that of the moment, and the moment as that pair counts its incidents. The names of
   * moments count the incidents of the pool over all of them.
   * @throws StoreUnavailableError
   */
  async inItsPair(asked: AskedMoment, scope: MomentScope): Promise<MomentInPair> {
    const { pairId: now, fqdn, former = [] } = scope;
    if (now === null || fqdn === null || former.length === 0 || asked.kind === 'time')
      return { asked, scope };
    const of = (pairId: string): MomentScope => ({ pairId, fqdn });
    if (asked.kind === 'position')
      return { asked, scope: of(former.find(({ until }) => until > asked.position)?.pairId ?? now) };
    const pairIds = [...new Set([...former.map(({ pairId }) => pairId), now])];
    let before = 0;
    let last = { asked, scope: of(now) };
    for (const pairId of pairIds) {
      const events = await this.in(of(pairId), (history) => [...history.events]);
      if (asked.kind === 'event') {
        if (events.some(({ id }) => id === asked.id)) return { asked, scope: of(pairId) };
        continue;
      }
      const facts = asRecorded(events).events;
      const incidents = countIncidents(facts, fqdn);
      const { incident } = asked;
      // The last one is one that is in force.
      if (incidents === 0 || (incident === 'last' && stageBeginnings(facts, fqdn).length === 0)) {
        before += incidents;
        continue;
      }
      last = {
        asked: incident === 'last' ? asked : { ...asked, incident: incident - before },
        scope: { ...of(pairId), incidentsBefore: before },
      };
      before += incidents;
      if (incident !== 'last' && incident <= before) return last;
    }
    return last;
  }

  private async in<Value>({ pairId }: MomentScope, look: (history: Look) => Value): Promise<Value> {
    return pairId === null
      ? await this.histories.consoles.use('', undefined, look)
      : await this.histories.pairs.use(pairId, undefined, look);
  }
}

/** The event with which the stage began that a name means. @param events in the order that is meant */
export function stageIn(
  field: string,
  asked: StageMoment,
  events: readonly HistoryEvent[],
  { fqdn, incidentsBefore = 0 }: MomentScope,
): HistoryEvent | Unresolved {
  if (fqdn === null) return noPool(field, asked);
  const beginnings = stageBeginnings(events, fqdn);
  const wanted = asked.incident === 'last' ? (beginnings.at(-1)?.incident ?? 0) : asked.incident;
  const isMeant = ({ incident, stage }: StageBeginning): boolean =>
    incident === wanted && stage === asked.stage;
  return beginnings.find(isMeant)?.event ?? noStage(field, asked, { fqdn, incidentsBefore, beginnings });
}

const later = (time: string, offset: number): string => new Date(Date.parse(time) + offset).toISOString();

function afterPlace({ position, metadata }: HistoryEvent, offset: number | null): HappenedMoment {
  const { occurredAt } = metadata;
  if (offset === null) return { place: position, time: occurredAt };
  const time = later(occurredAt, offset);
  return { place: endOfTime(time), time };
}

function placeOfEvent(
  field: string,
  asked: EventMoment,
  facts: readonly HistoryEvent[],
  events: readonly HistoryEvent[],
  scope: MomentScope,
): HappenedMoment | Unresolved {
  const fact = facts.find(({ id }) => id === asked.id);
  if (fact !== undefined) return { place: fact.position, time: fact.metadata.occurredAt };
  const event = events.find(({ id }) => id === asked.id);
  return event === undefined
    ? noEvent(field, asked, shownOf(events, scope))
    : retracted(field, asked, shownOf(facts, scope) ?? [], event);
}

/** Those of all pools are of some that whoever asks may not see. */
const shownOf = (events: readonly HistoryEvent[], { pairId }: MomentScope): readonly HistoryEvent[] | null =>
  pairId === null ? null : events;

/** A correction, or a fact that is not in force, happened when it was reported to have. */
function placeIn(facts: readonly HistoryEvent[], event: HistoryEvent): HappenedMoment {
  const { position, metadata } =
    facts.find((fact) => logPositionOf(fact.position) === event.position) ?? inPlace(event);
  return { place: position, time: metadata.occurredAt };
}
