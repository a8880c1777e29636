import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import { callStreamPrefix, describeStream, pairStream } from '../../../events/streams.js';
import type { PairFacts } from '../../../facts/pair.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import { callHistory } from '../../../projections/call-status/history.js';
import { callList, callView, standingOf, type CallFilter } from '../../../projections/call-status/calls.js';
import { callStatusView } from '../../../projections/call-status/view.js';
import { editability } from '../../../projections/editability/fold.js';
import { editabilityView } from '../../../projections/editability/view.js';
import { lifecycle } from '../../../projections/lifecycle/fold.js';
import { poolView, poolViews } from '../../../projections/lifecycle/view.js';
import type { Projection } from '../../../projections/projection.js';
import { visibility } from '../../../projections/visibility/fold.js';
import { visibilityView } from '../../../projections/visibility/view.js';
import type { EventStore } from '../../store/port.js';
import { decode } from '../decode.js';
import type { Follower } from '../follower.js';
import type { PairViews } from '../live-state.js';
import { unknownProblem, type Reply } from '../reply.js';
import { replay, type Reached } from './as-of.js';
import { isAfter, type Moment } from './moment.js';
import type { ViewAnswer, ViewDesk, ViewQuery } from './query.js';

type PairView = 'lifecycle' | 'visibility' | 'editability' | 'callStatus';

/** A fold of one pair, and where it stands. */
interface Folded<State> {
  readonly state: State;
  readonly etag: bigint;
  readonly position?: bigint;
}

/** The views of one pool, live or as of a moment, by the same folds. */
export class PoolViews {
  constructor(
    private readonly store: EventStore,
    private readonly follower: Follower,
    private readonly desk: ViewDesk,
  ) {}

  async pools(query: ViewQuery): Promise<Reply> {
    return await this.desk.answer(query, async () => {
      if (query.asOf === null) {
        const states = [...this.follower.state.pairs.values()];
        const etag = states.reduce(
          (sum, { last }) => (last.pairPosition > sum ? last.pairPosition : sum),
          0n,
        );
        return { body: { pools: json(states.flatMap((views) => poolViews(views.lifecycle))) }, etag };
      }
      const pairs = new Map<string, PairFacts | null>();
      const { position } = await replay(this.store, [pairStream('')], query.asOf, (event) => {
        const { pairId } = describeStream(event.stream);
        if (pairId !== null) pairs.set(pairId, lifecycle.apply(pairs.get(pairId) ?? null, event));
      });
      return { body: { pools: json([...pairs.values()].flatMap(poolViews)) }, etag: position, position };
    });
  }

  async pool(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, 'lifecycle', lifecycle, (pair) => poolView(pair, fqdn));
  }

  async visibility(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, 'visibility', visibility, (pair) => visibilityView(pair, fqdn));
  }

  async editability(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, 'editability', editability, (pair) => editabilityView(pair, fqdn));
  }

  async callStatus(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, 'callStatus', callStatus, (state) => callStatusView(state, fqdn));
  }

  async calls(fqdn: string, query: ViewQuery, filter: CallFilter): Promise<Reply> {
    return await this.view(fqdn, query, 'callStatus', callStatus, (state) => callList(state, fqdn, filter));
  }

  /** One call with its history. */
  async call(callId: string, query: ViewQuery): Promise<Reply> {
    return await this.desk.answer(query, async () => {
      // In the order in which the pairs were registered, which is the same for every instance.
      const [found, ...others] = [...this.follower.state.pairs].filter(
        ([, views]) => standingOf(views.callStatus, callId) !== null,
      );
      const missing = (detail: string): Reply => unknownProblem([{ pointer: '/callId', detail }]);
      if (found === undefined) return missing(`No call "${callId}" has been reported.`);
      const [pairId, live] = found;
      const { state, etag, position } = await this.folded(pairId, live, query.asOf, 'callStatus', callStatus);
      const call = callView(state, callId);
      if (call === null) return missing(`No call "${callId}" had been reported at that moment.`);
      const facts = await this.store.readStream(callStreamPrefix(pairId) + callId);
      const known = facts.filter((event) => query.asOf === null || !isAfter(query.asOf, event)).map(decode);
      const alsoInPairs = others.map(([other]) => other);
      const body = {
        ...call,
        history: callHistory(state, callId, known),
        ...(alsoInPairs.length === 0 ? {} : { alsoInPairs }),
      };
      return { body: json(body) as JsonObject, etag, ...(position === undefined ? {} : { position }) };
    });
  }

  private async view<State extends PairViews[PairView]>(
    fqdn: string,
    query: ViewQuery,
    name: PairView,
    projection: Projection<State>,
    render: (state: State) => object | null,
  ): Promise<Reply> {
    return await this.desk.answer(query, async (): Promise<ViewAnswer | Reply> => {
      const pairId = this.follower.state.pairIdOfPool.get(fqdn);
      const live = pairId === undefined ? undefined : this.follower.state.pairs.get(pairId);
      if (pairId === undefined || live === undefined) return noSuchPool(fqdn);
      const { state, etag, position } = await this.folded(pairId, live, query.asOf, name, projection);
      const body = json(render(state) ?? notYetRegistered(fqdn)) as JsonObject;
      return { body, etag, ...(position === undefined ? {} : { position }) };
    });
  }

  private async folded<State extends PairViews[PairView]>(
    pairId: string,
    live: PairViews,
    asOf: Moment | null,
    name: PairView,
    projection: Projection<State>,
  ): Promise<Folded<State>> {
    const readsCalls = projection.reads.includes('call');
    const tag = ({ revision, position }: Reached): bigint => (readsCalls ? position : revision);
    if (asOf === null) {
      const { pairRevision, position } = live.last;
      return { state: live[name] as State, etag: tag({ revision: pairRevision, position }) };
    }
    let state = projection.initial();
    const prefixes = [pairStream(pairId), ...(readsCalls ? [callStreamPrefix(pairId)] : [])];
    const reached = await replay(this.store, prefixes, asOf, (event) => {
      state = projection.apply(state, event);
    });
    return { state, etag: tag(reached), position: reached.position };
  }
}

export const noSuchPool = (fqdn: string): Reply =>
  unknownProblem([
    {
      pointer: '/fqdn',
      detail: `No pair has the pool "${fqdn}"; GET /v1/pools lists those that are registered.`,
    },
  ]);

/** The answer for a moment before the pair was registered: valid, and empty. */
const notYetRegistered = (fqdn: string): object => ({
  fqdn,
  stage: null,
  objects: [],
  calls: [],
  rows: [],
  next: null,
  because: [],
});

/** Views are JSON by construction; this only says so to the compiler. */
const json = (value: object): JsonValue => value as JsonValue;
