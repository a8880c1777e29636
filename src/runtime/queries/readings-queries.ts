import { readingOf, readings, type Reading } from '../../../policy/readings.js';
import { endOfTime, logPositionOf } from '../../../events/places.js';
import { byPosition, eventsUpTo, type HistoryEvent } from '../../../projections/histories/history.js';
import { otherwiseOf, type ReadingCompared } from '../../../projections/readings/comparison.js';
import { apartAfter } from '../../../projections/readings/standing.js';
import { foldAlternative } from '../../../projections/what-if/alternative.js';
import { lastOf, type Place } from '../../../projections/what-if/course.js';
import { NamedFacts, planOf } from '../../../projections/what-if/plan.js';
import {
  foldRecorded,
  type Facts,
  type Pause,
  type Recorded,
  type Span,
} from '../../../projections/what-if/recorded.js';
import type { AnswerOf } from '../../contract/answers.js';
import { Turns } from '../../store/turns.js';
import type { EventStore } from '../../store/port.js';
import type { HappenedMoment, Vantage } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';
import { Failed, failed, type Result } from '../result.js';
import type { QueryService, ViewQuery } from './query-service.js';
import { NotUnderstoodFactError, readFacts } from './what-if/read-facts.js';

/** A choice of a reading that is not in force. */
interface OtherChoice {
  readonly reading: Reading;
  readonly choice: { readonly choice: string; readonly text: string };
}

/** Which past answers about a pool would be others, had the document been read otherwise. */
export class ReadingsQueries {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly beginnings: PairBeginnings,
    private readonly service: QueryService,
    private readonly clock: () => Date,
  ) {}

  async compare(fqdn: string, query: ViewQuery): Promise<Result<AnswerOf<'compare-readings'>>> {
    return await this.service.answer(
      query,
      async (at) => {
        const found = this.service.pairOf(fqdn, at);
        if (found instanceof Failed) return found;
        const position = at?.position ?? this.runner.state.position;
        const compared = await this.service.dearly(
          ['readings', fqdn, position, at?.happened?.place ?? null],
          (signal) => this.understood(fqdn, found.pairId, at, position, new Turns(signal)),
          query.requester,
        );
        if (compared instanceof Failed) return compared;
        return { view: { fqdn, readings: compared }, version: position, position, staleness: {} };
      },
      () => this.service.scopeOf(fqdn),
    );
  }

  private async understood(
    fqdn: string,
    pairId: string,
    at: Vantage | null,
    position: bigint,
    turns: Turns,
  ): Promise<readonly ReadingCompared[] | Failed> {
    try {
      return await this.compared(fqdn, pairId, at, position, turns);
    } catch (error) {
      if (!(error instanceof NotUnderstoodFactError)) throw error;
      const { stream, position: where, message } = error;
      return failed({ kind: 'not-understood', stream, position: where, detail: message });
    }
  }

  private async compared(
    fqdn: string,
    pairId: string,
    at: Vantage | null,
    position: bigint,
    turns: Turns,
  ): Promise<readonly ReadingCompared[]> {
    const { discards, projections } = this.runner.state;
    const discarded = discards.of(projections.callStatus.name);
    const log = { store: this.store, beginnings: this.beginnings, discarded };
    const facts = await readFacts(log, pairId, position, turns, () => undefined);
    const span = spanOf(facts, at?.happened ?? null, this.clock());
    if (span === null) return readings.map((reading) => unread(reading, null));
    const pause: Pause = (met) => (met % 64 === 0 && turns.isOver ? turns.next() : undefined);
    const recorded = await foldRecorded(facts, span, fqdn, pause);
    const events = factsIn(facts, span);
    const chosen = recorded.walk.pair?.readings ?? {};
    const compared: ReadingCompared[] = [];
    for (const reading of readings) {
      const inForce = reading.choices.length === 0 ? null : readingOf(chosen, reading.id);
      const others = reading.choices.filter(({ choice }) => choice !== inForce);
      const otherwise = [];
      for (const choice of others) {
        otherwise.push(await this.readOtherwise(fqdn, recorded, events, { reading, choice }, pause));
        await turns.next();
      }
      compared.push({ ...unread(reading, inForce), otherwise });
    }
    return compared;
  }

  private async readOtherwise(
    fqdn: string,
    recorded: Recorded,
    events: readonly HistoryEvent[],
    { reading, choice }: OtherChoice,
    pause: Pause,
  ) {
    const otherwise = { reading: reading.id, choice: choice.choice };
    const plan = planOf([{ reading: otherwise }], new NamedFacts(recorded.facts, []), recorded.span);
    if (!('pair' in plan)) throw new Error(`${reading.id} cannot be read as ${choice.choice}.`);
    const judging = { stillWaiting: false, decide: nothingAdded };
    const folded = await foldAlternative(recorded, plan, judging, pause);
    return otherwiseOf(choice, fqdn, recorded, folded, apartAfter(events, fqdn, otherwise));
  }
}

/** What happened to the pair and to agents, in its order. */
function factsIn({ pair }: Facts, { upTo }: Span): readonly HistoryEvent[] {
  const events = pair.map(({ event }) => event).sort(byPosition);
  return events.slice(0, eventsUpTo(events, placeAt(upTo)));
}

const unread = ({ id, question }: Reading, inForce: string | null): ReadingCompared => ({
  reading: id,
  question,
  inForce,
  otherwise: [],
});

/** From the registration on; null where there is none by then. */
function spanOf({ pair }: Facts, happened: HappenedMoment | null, now: Date): Span | null {
  const registered = pair.find(({ event }) => event.type === 'PairRegistered');
  if (registered === undefined) return null;
  const latest = pair.reduce((last, { at }) => Math.max(last, at), now.getTime());
  const upTo = happened === null ? lastOf(latest) : endOf(happened);
  return upTo.at < registered.at ? null : { after: registered, upTo };
}

const endOf = ({ place, time }: HappenedMoment): Place => ({
  at: time === null ? -Infinity : Date.parse(time),
  position: logPositionOf(place),
});

const placeAt = ({ at }: Place): bigint => endOfTime(new Date(at).toISOString());

/** What a reading changes adds nothing. */
const nothingAdded = (): never => {
  throw new Error('Nothing is added where the document is only read otherwise.');
};
