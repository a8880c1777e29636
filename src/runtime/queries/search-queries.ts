import {
  addCall,
  findAgents,
  findObjects,
  findOpenCalls,
  findPools,
  findStatements,
  type Reach,
} from '../../../projections/search/find.js';
import { BestHits, fits } from '../../../projections/search/hits.js';
import { wantedBy, type Wanted } from '../../../projections/search/wanted.js';
import { callIn } from '../../../projections/call-status/state.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { CallArchive } from '../projections/calls/call-archive.js';
import type { CallFinder } from '../projections/calls/call-finder.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { Result } from '../result.js';
import type { EventQueries } from './event-queries.js';
import type { QueryService, ViewQuery } from './query-service.js';

export interface Search {
  readonly text: string;
  /** Hits that are wanted, at least 1. */
  readonly limit: number;
  readonly reach: Reach;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\/\d{1,3})?$/i;
const position = /^[1-9]\d{0,18}$/;
/** What an id of a call may be in a stream name. */
const callId = /^[A-Za-z0-9][A-Za-z0-9._:@~+=-]{0,127}$/;

/**
 * Finds things of every kind in the live state, and single calls and events in the log by their whole ids. Nothing is
 * kept for it: objects, agents and open calls are walked through.
 */
export class SearchQueries {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
    private readonly calls: { readonly finder: CallFinder; readonly archive: CallArchive },
    private readonly events: EventQueries,
  ) {}

  async search(search: Search, query: Omit<ViewQuery, 'asOf'>): Promise<Result<AnswerOf<'search'>>> {
    return await this.service.answer({ ...query, asOf: null }, async () => {
      const { tooEarly } = this.service;
      if (tooEarly !== null) return tooEarly;
      const { position: at } = this.runner.state;
      const found = new BestHits(search.limit);
      const wanted = wantedBy(search.text);
      this.searchState(wanted, search.reach, found);
      await this.searchLog(wanted, search, query, found);
      const view = { q: wanted.text, hits: found.hits, more: found.hasMore };
      return { view, version: at, position: at, staleness: {} };
    });
  }

  private searchState(wanted: Wanted, reach: Reach, found: BestHits): void {
    const { pairs, pairIdOfPool, console } = this.runner.state;
    findPools(pairIdOfPool.keys(), wanted, reach, found);
    for (const { pair, callStatus } of pairs.values()) {
      if (pair.state !== null && !pair.corrupted) {
        // Its views still answer what was known of it.
        const lost = pair.state.formerNames.map(({ fqdn }) => fqdn).filter((fqdn) => !pairIdOfPool.has(fqdn));
        findPools(lost, wanted, reach, found);
        findObjects(pair.state, wanted, reach, found);
      }
      if (!callStatus.corrupted) findOpenCalls(callStatus.state, wanted, reach, found);
    }
    if (!console.corrupted) findAgents(console.state.agents.values(), wanted, reach, found);
    findStatements(wanted, found);
  }

  /** Calls that are over, and events, are not in the state: their whole ids are looked up. */
  private async searchLog(
    wanted: Wanted,
    { reach }: Search,
    query: Omit<ViewQuery, 'asOf'>,
    found: BestHits,
  ): Promise<void> {
    await this.findClosedCall(wanted, reach, found);
    const entry = position.test(wanted.text)
      ? await this.events.entryAt(BigInt(wanted.text), reach)
      : // An event is looked for in the whole log: only where nothing else has this id.
        uuid.test(wanted.text) && !found.hasExact
        ? await this.events.entry(wanted.text.toLowerCase(), null, query, reach)
        : null;
    if (entry === null) return;
    const { id, summary, pool } = entry.entry;
    const [first] = entry.pair.pools.filter(({ fqdn }) => reach(fqdn));
    const ofTrail = pool !== null && reach(pool) ? pool : (first?.fqdn ?? null);
    found.add({ kind: 'event', id, name: summary, pool: ofTrail }, fits.exact);
  }

  private async findClosedCall({ text }: Wanted, reach: Reach, found: BestHits): Promise<void> {
    if (!callId.test(text)) return;
    const { finder, archive } = this.calls;
    const pairId = await finder.pairOf(text);
    if (pairId === null) return;
    const live = this.runner.state.viewsOf(pairId).callStatus;
    if (!live.corrupted && live.state.calls.has(text)) return;
    const call = callIn((await archive.now(pairId, text)).state, text);
    if (call !== undefined) addCall(call, fits.exact, reach, found);
  }
}
