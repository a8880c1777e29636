import { createHash } from 'node:crypto';
import { agentStreamPrefix } from '../../../events/streams.js';
import type { Incident } from '../../../facts/pair.js';
import { incidentPage, type IncidentFilter } from '../../../projections/incidents/list.js';
import { awayIn, incidentView, type IncidentFacts } from '../../../projections/incidents/view.js';
import type { RefusalsByIncident } from '../../../projections/incidents/refused.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { Staleness } from '../../contract/words.js';
import type { EventStore } from '../../store/port.js';
import type { PositionMoment } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { PairViews } from '../projections/state/projections.js';
import { Failed, unknown, type Result } from '../result.js';
import { stalenessOf } from './answer.js';
import { refusalsOf } from './incident-refusals.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** The facts of a pair at a moment; null where it was not registered. */
interface FactsAt {
  readonly facts: IncidentFacts;
  readonly refusals: RefusalsByIncident;
  readonly position: bigint;
  readonly staleness: Staleness;
}

/** Incidents, now or at a moment: of one pool, or of all. */
export class IncidentQueries {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
  ) {}

  /** @param reaches whether whoever asks may know of a pool */
  async all(
    query: ViewQuery,
    filter: IncidentFilter,
    reaches: (pool: string) => boolean,
  ): Promise<Result<AnswerOf<'incidents'>>> {
    return await this.service.answer(query, async (at) => {
      const { tooEarly } = this.service;
      if (tooEarly !== null) return tooEarly;
      const found: FactsAt[] = [];
      for (const [pairId, views] of this.runner.state.pairs) {
        const facts = await this.factsAt(pairId, views, at, query, (all) => latestOf(all, filter));
        if (facts !== null) found.push(facts);
      }
      const view = incidentPage(
        found.map(({ facts }) => facts),
        { ...filter, reaches },
      );
      return answerOf(view, found);
    });
  }

  async ofPool(
    fqdn: string,
    query: ViewQuery,
    filter: IncidentFilter,
  ): Promise<Result<AnswerOf<'pool-incidents'>>> {
    return await this.service.answer(query, async (at) => {
      const pair = this.service.pairOf(fqdn, at);
      if (pair instanceof Failed) return pair;
      const own: IncidentFilter = { ...filter, reaches: (pool) => pool === fqdn };
      const found = await this.factsAt(pair.pairId, pair.views, at, query, (all) => latestOf(all, own));
      const view = { fqdn, ...incidentPage(found === null ? [] : [found.facts], own) };
      return answerOf(view, found === null ? [] : [found]);
    });
  }

  async incident(id: string, query: ViewQuery): Promise<Result<AnswerOf<'incident'>>> {
    return await this.service.answer(query, async (at) => {
      const pairId = pairIdIn(id);
      const views = this.runner.state.pairs.get(pairId);
      if (views === undefined) return this.service.unlessCatchingUp(this.noSuchIncident(id, at, []));
      const isMeant = (one: Incident): boolean => one.id === id;
      const found = await this.factsAt(pairId, views, at, query, (all) => all.filter(isMeant));
      const incidents = found?.facts.pair.incidents ?? [];
      const incident = incidents.find(isMeant);
      if (found === null || incident === undefined) return this.noSuchIncident(id, at, incidents);
      const view = { ...incidentView(found.facts, incident), refused: found.refusals.of(id) };
      return answerOf(view, [found]);
    });
  }

  /** @param wanted those whose refusals are to be counted */
  private async factsAt(
    pairId: string,
    { callStatus }: PairViews,
    at: PositionMoment | null,
    query: ViewQuery,
    wanted: (incidents: readonly Incident[]) => readonly Incident[],
  ): Promise<FactsAt | null> {
    const calls = await this.service.atMoment(at, callStatus, query);
    const console = await this.service.atMoment(at, this.runner.state.console, query);
    const { pair, owners } = calls.state;
    if (pair === null) return null;
    const { returns } = console.state;
    const upTo = at?.position ?? this.runner.state.position;
    const { position } = calls.checkpoint;
    const facts = { pair, owners, returns, away: awayIn(pair) };
    const staleness = {
      ...stalenessOf(console, (part) => part === pairId || part.startsWith(agentStreamPrefix)),
      ...stalenessOf(calls),
    };
    const span = spanOf(wanted(pair.incidents), upTo);
    const refusals = await this.service.dearly(
      ['refusals', pairId, span.after, span.upTo, position],
      (signal) => refusalsOf(this.store, pair, span, signal),
      query.requester,
    );
    return { facts: { ...facts, refusals: refusals.counts }, refusals, position, staleness };
  }

  private noSuchIncident(id: string, at: PositionMoment | null, known: readonly Incident[]): Failed {
    const last = known.at(-1)?.id;
    const then = at === null ? 'There is' : 'At that moment there was';
    const ways =
      last === undefined
        ? 'GET /v1/incidents lists those that there are'
        : `the latest of its pair is ${last}`;
    return unknown([{ pointer: '/id', detail: `${then} no incident "${id}"; ${ways}.` }]);
  }
}

/** The id of an incident begins with that of its pair, which has no hyphen. */
const pairIdIn = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('-')));

/** No page shows others of a pair. */
const latestOf = (
  incidents: readonly Incident[],
  { before, limit, reaches }: IncidentFilter,
): readonly Incident[] =>
  incidents
    .filter(({ pool }) => reaches?.(pool) ?? true)
    .filter(({ startedAtPosition }) => before === undefined || startedAtPosition < before)
    .slice(-limit);

function spanOf(
  incidents: readonly Incident[],
  upTo: bigint,
): { readonly after: bigint; readonly upTo: bigint } {
  const [first] = incidents;
  if (first === undefined) return { after: upTo, upTo };
  const ends = incidents.map(({ endedAtPosition }) => endedAtPosition ?? upTo);
  const last = ends.reduce((latest, end) => (end > latest ? end : latest), 0n);
  return { after: first.startedAtPosition, upTo: last < upTo ? last : upTo };
}

/** Refusals are in it that no position of a projection tells of: the answer itself is its version. */
function answerOf<View extends object>(view: View, found: readonly FactsAt[]) {
  const version = createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22);
  const position = found.reduce((last, { position: one }) => (one > last ? one : last), 0n);
  const staleness: Staleness = Object.assign({}, ...found.map((one) => one.staleness)) as Staleness;
  return { view, version, position, staleness };
}
