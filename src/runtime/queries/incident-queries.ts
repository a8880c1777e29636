import { agentStreamPrefix } from '../../../events/streams.js';
import { incidentOf } from '../../../facts/incident.js';
import type { Incident, PairFacts } from '../../../facts/pair.js';
import type { StruckIncident } from '../../../facts/struck-incident.js';
import { incidentPage, inPlaces, type IncidentFilter } from '../../../projections/incidents/list.js';
import { incidentsRetimed } from '../../../projections/incidents/retimed.js';
import { awayIn } from '../../../projections/incidents/view.js';
import { detailOf, reportOf, type IncidentDetail } from '../../../projections/incidents/report/report.js';
import { timelineOf, type TimelineCourse } from '../../../projections/incidents/timeline.js';
import { RefusalsByIncident } from '../../../projections/incidents/refused.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { EventStore } from '../../store/port.js';
import type { Vantage } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { PairViews } from '../projections/state/projections.js';
import { Failed, unknown, type Result } from '../result.js';
import { stalenessOf } from './answer.js';
import { IncidentCorrections } from './incident-corrections.js';
import { headAt } from './log-head.js';
import { refusalsOf, type RefusalSpan } from './incident-refusals.js';
import { answerOf, pageAmong, pairIdIn, spanOf, type FactsAt } from './incident-answers.js';
import { pairsOfPool } from '../projections/state/directory.js';
import type { MomentScope } from './moments.js';
import type { QueryService, ViewQuery } from './query-service.js';

export interface CourseAt extends Pick<FactsAt, 'position' | 'staleness'> {
  readonly course: TimelineCourse;
  readonly detail: IncidentDetail;
}

interface FoundIncident {
  readonly at: FactsAt;
  readonly incident: Incident;
  readonly detail: IncidentDetail;
}

/** Incidents, now or at a moment: of one pool, or of all. */
export class IncidentQueries {
  private readonly corrections: IncidentCorrections;

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
  ) {
    this.corrections = new IncidentCorrections(store, runner, service);
  }

  /** @param reaches whether whoever asks may know of a pool */
  async all(
    query: ViewQuery,
    filter: IncidentFilter,
    reaches: (pool: string) => boolean,
  ): Promise<Result<AnswerOf<'incidents'>>> {
    const shown: IncidentFilter = { ...filter, reaches, asItHappened: (query.at ?? null) !== null };
    return await this.service.answer(query, async (at) => {
      const { tooEarly } = this.service;
      if (tooEarly !== null) return tooEarly;
      const found: FactsAt[] = [];
      for (const [pairId, views] of this.runner.state.pairs) {
        const facts = await this.factsAt(pairId, views, at, query, (all) => pageAmong(all, shown));
        if (facts !== null) found.push(facts);
      }
      const view = incidentPage(
        found.map(({ facts }) => facts),
        shown,
      );
      return answerOf(view, found);
    });
  }

  async ofPool(
    fqdn: string,
    query: ViewQuery,
    filter: IncidentFilter,
  ): Promise<Result<AnswerOf<'pool-incidents'>>> {
    const asItHappened = (query.at ?? null) !== null;
    const own: IncidentFilter = { ...filter, reaches: (pool) => pool === fqdn, asItHappened };
    return await this.service.answer(
      query,
      async (at) => {
        const pair = this.service.pairOf(fqdn, at);
        if (pair instanceof Failed) return pair;
        const found: FactsAt[] = [];
        // Those of the pairs that it was in before are its own as well.
        for (const pairId of pairsOfPool(this.runner.state.directory.state, fqdn)) {
          const views = this.runner.state.pairs.get(pairId);
          const facts = views && (await this.factsAt(pairId, views, at, query, (all) => pageAmong(all, own)));
          if (facts != null) found.push(facts);
        }
        const facts = found.map((one) => one.facts);
        return answerOf({ fqdn, ...incidentPage(facts, own) }, found);
      },
      () => this.service.scopeOf(fqdn),
    );
  }

  /** One incident, beside its targets and those before. */
  async incident(id: string, query: ViewQuery): Promise<Result<AnswerOf<'incident'>>> {
    return await this.service.answer(
      query,
      async (at) => {
        const found = await this.find(id, at, query);
        return found instanceof Failed ? found : answerOf(found.detail, [found.at]);
      },
      () => this.scopeOf(id),
    );
  }

  /** The same with all that a report shows, and the end of the log that it was written from. */
  async report(id: string, query: ViewQuery): Promise<Result<AnswerOf<'report'>>> {
    return await this.service.answer(
      query,
      async (at) => {
        const head = await headAt(this.store, at?.position ?? this.runner.state.position);
        const found = await this.find(id, at, query);
        if (found instanceof Failed) return found;
        if (head === null) return this.noSuchIncident(id, at, []);
        const corrections = await this.corrections.of(found.at.facts.pair, found.incident, at, query);
        return answerOf(reportOf(found.at.facts, found.detail, corrections, head), [found.at]);
      },
      () => this.scopeOf(id),
    );
  }

  /**
   * Its course in buckets, counted as it was folded: no call is read.
   * @param most buckets
   */
  async course(id: string, at: Vantage | null, most: number, query: ViewQuery): Promise<CourseAt | Failed> {
    const found = await this.find(id, at, query);
    if (found instanceof Failed) return found;
    const { facts, position, staleness } = found.at;
    const incident = incidentOf(facts.pair, id);
    if (incident === undefined) return this.noSuchIncident(id, at, []);
    return { course: timelineOf(facts, incident, most), detail: found.detail, position, staleness };
  }

  /** Moments by name are those of the pool of the incident. */
  scopeOf(id: string): MomentScope {
    const { pairs } = this.runner.state;
    const pair = pairs.get(pairIdIn(id))?.pair.state;
    const isMeant = (one: { readonly id: string }): boolean => one.id === id;
    const incident = pair?.incidents.find(isMeant) ?? pair?.struckIncidents.find(isMeant);
    if (incident === undefined) return { pairId: null, fqdn: null };
    // Names count the incidents of all pairs that the pool was in.
    const scope = this.service.scopeOf(incident.pool);
    return scope instanceof Failed ? { pairId: pairIdIn(id), fqdn: incident.pool } : scope;
  }

  private async find(id: string, at: Vantage | null, query: ViewQuery): Promise<FoundIncident | Failed> {
    const pairId = pairIdIn(id);
    const views = this.runner.state.pairs.get(pairId);
    if (views === undefined) return this.service.unlessCatchingUp(this.noSuchIncident(id, at, []));
    const isMeant = (one: Incident): boolean => one.id === id;
    const found = await this.factsAt(pairId, views, at, query, (all) => all.filter(isMeant));
    const incidents = found?.facts.pair.incidents ?? [];
    const incident = incidents.find(isMeant);
    const struck = found?.facts.pair.struckIncidents.find((one) => one.id === id);
    if (struck !== undefined) return await this.struck(struck, at);
    if (found === null || incident === undefined) return this.noSuchIncident(id, at, incidents);
    const { facts, refusals } = found;
    return { at: found, incident, detail: detailOf(facts, incident, refusals.of(id)) };
  }

  /** @param wanted those whose refusals are to be counted */
  private async factsAt(
    pairId: string,
    { callStatus }: PairViews,
    at: Vantage | null,
    query: ViewQuery,
    wanted: (incidents: readonly Incident[]) => readonly Incident[],
  ): Promise<FactsAt | null> {
    const calls = await this.service.atMoment(at, callStatus, query);
    const console = await this.service.atMoment(at, this.runner.state.console, query);
    const known = calls.state.pair?.incidents ?? [];
    const incidents = at?.happened === undefined ? known : inPlaces(known);
    const refusals = await this.refusals(pairId, incidents, spanOf(wanted(incidents), at), query);
    // Only now: what is live may have gone on meanwhile, and everything has to be of the same moment.
    const { pair, owners } = calls.state;
    if (pair === null) return null;
    const { returns, signs } = console.state;
    const retimed =
      at?.happened === undefined ? this.retimed(pair, calls.checkpoint.position) : new Set<string>();
    const facts = { pair, owners, returns, signs, away: awayIn(pair), refusals: refusals.counts, retimed };
    const staleness = {
      ...stalenessOf(console, (part) => part === pairId || part.startsWith(agentStreamPrefix)),
      ...stalenessOf(calls),
    };
    return { facts, refusals, position: calls.checkpoint.position, staleness };
  }

  private retimed(pair: PairFacts, upTo: bigint): ReadonlySet<string> {
    const corrections = this.runner.corrections.all.map(({ correction }) => correction);
    return incidentsRetimed(
      pair,
      corrections.filter(({ position }) => position <= upTo),
    );
  }

  private async refusals(
    pairId: string,
    incidents: readonly Incident[],
    span: RefusalSpan | null,
    { requester }: ViewQuery,
  ): Promise<RefusalsByIncident> {
    if (span === null) return new RefusalsByIncident([]);
    const { after, upTo, happened } = span;
    return await this.service.dearly(
      // What is live may have other incidents the next time.
      ['refusals', pairId, after, upTo, happened ?? null, incidents.length],
      (signal) => refusalsOf(this.store, { pairId, incidents: [...incidents] }, span, signal),
      requester,
    );
  }

  /** Its number was given out, so that whoever has it is told what became of it. */
  private async struck(
    { id, pool, startedAt, retraction }: StruckIncident,
    at: Vantage | null,
  ): Promise<Failed> {
    const { eventId, actor, recordedAt, reason } = retraction;
    const known = await this.runner.corrections.at(at?.position ?? this.runner.state.position);
    const position = known.all.find((one) => one.id === eventId)?.position;
    const before = position === undefined ? '' : ` asOf=${position - 1n} shows what was believed until then.`;
    const detail = `Incident ${id} of ${pool}, as of ${startedAt}, was recorded by mistake: ${actor} retracted it at ${recordedAt} (${reason.replace(/\.$/, '')}).${before}`;
    return unknown([{ pointer: '/id', detail }]);
  }

  private noSuchIncident(id: string, at: Vantage | null, known: readonly Incident[]): Failed {
    const last = known.at(-1)?.id;
    const then = at === null ? 'There is' : 'At that moment there was';
    const ways =
      last === undefined
        ? 'GET /v1/incidents lists those that there are'
        : `the latest of its pair is ${last}`;
    return unknown([{ pointer: '/id', detail: `${then} no incident "${id}"; ${ways}.` }]);
  }
}
