import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { describeStream } from '../../../../events/streams.js';
import { isCallEvent } from '../../../../facts/call.js';
import { sameJson } from '../../../../policy/same-json.js';
import { eventSummaryOf, type EventSummary } from '../../../../projections/event-summary.js';
import { fleetPool, type FleetPool } from '../../../../projections/fleet/pool.js';
import type { LiveState } from '../../projections/state/live-state.js';
import type { Schedule } from '../../schedule.js';
import { heartbeatEvery } from './feed.js';
import type { LiveListener } from './listener.js';
import type { FleetMessage } from './message.js';

/** At most one message in so many milliseconds: the first at once, and what follows together. */
const publishedEvery = 100;
/** Events that one message tells of; the audit trails have all. */
const mostEvents = 100;

/** Whose pools a listener is told of. Listeners with the same key are sent the same messages. */
export interface Audience {
  readonly key: string;
  readonly reach: (pool: string) => boolean;
  /** Pools that were asked for by name. */
  readonly wanted: readonly string[];
}

interface Told {
  readonly summary: EventSummary;
  readonly concerns: readonly string[];
}

interface Group extends Audience {
  readonly listeners: Set<LiveListener>;
}

/**
 * The messages about all pools. Every message has the pools that changed as a whole, so that one who missed something
 * needs no more than the state.
 */
export class FleetFeed {
  private readonly groups = new Map<string, Group>();
  /** As the messages so far have them. */
  private readonly told = new Map<string, FleetPool>();
  private events: Told[] = [];
  private concerned = new Set<string>();
  private cancelPublishing: (() => void) | null = null;
  private cancelHeartbeat: () => void;

  constructor(
    private readonly live: LiveState,
    private readonly schedule: Schedule,
  ) {
    for (const pool of this.pools()) this.told.set(pool.fqdn, pool);
    this.cancelHeartbeat = this.scheduleHeartbeat();
  }

  get size(): number {
    return this.groups.values().reduce((sum, { listeners }) => sum + listeners.size, 0);
  }

  /** Call it after every event, once the live state has applied it. */
  applied(event: Recorded<PoolkeeperEvent>): void {
    const concerns = this.concernedBy(event);
    if (concerns.length === 0) return;
    for (const pool of concerns) this.concerned.add(pool);
    if (!isCallEvent(event)) {
      this.events.push({ summary: eventSummaryOf(event), concerns });
      if (this.events.length > mostEvents) this.events.shift();
    }
    if (this.cancelPublishing === null) this.publish();
  }

  /** Begins with all pools, unless the listener has received everything already. */
  begin(listener: LiveListener, audience: Audience, after: bigint | null): void {
    if (after === null || after < this.live.position) listener.send(this.stateFor(audience));
    const group = this.groups.get(audience.key) ?? { ...audience, listeners: new Set() };
    group.listeners.add(listener);
    this.groups.set(audience.key, group);
  }

  leave(listener: LiveListener): void {
    for (const [key, { listeners }] of this.groups) {
      listeners.delete(listener);
      if (listeners.size === 0) this.groups.delete(key);
    }
  }

  close(): void {
    this.cancelPublishing?.();
    this.cancelHeartbeat();
    for (const listener of this.listeners()) listener.end();
    this.groups.clear();
  }

  private publish(): void {
    this.cancelPublishing = this.schedule(publishedEvery, () => {
      this.cancelPublishing = null;
      if (this.concerned.size > 0) this.publish();
    });
    const [events, concerned] = [this.events, [...this.concerned]];
    this.events = [];
    this.concerned = new Set();
    const now = concerned.map((fqdn) => ({ fqdn, pool: this.poolNow(fqdn) }));
    const changed = now.flatMap(({ fqdn, pool }) =>
      pool === null || sameJson(this.told.get(fqdn) ?? null, pool) ? [] : [pool],
    );
    const gone = now.filter(({ fqdn, pool }) => pool === null && this.told.has(fqdn)).map(({ fqdn }) => fqdn);
    for (const pool of changed) this.told.set(pool.fqdn, pool);
    for (const fqdn of gone) this.told.delete(fqdn);
    for (const { reach, listeners } of this.groups.values()) {
      const concerns = concerned.filter(reach);
      if (concerns.length === 0) continue;
      const message: FleetMessage = {
        name: 'change',
        position: this.live.position,
        data: {
          ...this.dateline,
          events: events.filter((event) => event.concerns.some(reach)).map(({ summary }) => summary),
          concerns,
          pools: changed.filter(({ fqdn }) => reach(fqdn)),
          gone: gone.filter(reach),
        },
      };
      for (const listener of listeners) listener.send(message);
    }
  }

  private stateFor({ reach }: Audience): FleetMessage {
    const pools = this.pools().filter(({ fqdn }) => reach(fqdn));
    return { name: 'state', position: this.live.position, data: { ...this.dateline, pools } };
  }

  private pools(): readonly FleetPool[] {
    return [...this.live.pairIdOfPool.keys()].flatMap((fqdn) => this.poolNow(fqdn) ?? []);
  }

  private poolNow(fqdn: string): FleetPool | null {
    const pairId = this.live.pairIdOfPool.get(fqdn);
    return pairId === undefined ? null : fleetPool(this.live.viewsOf(pairId).callStatus.state, fqdn);
  }

  /** The pools that an event speaks of; both of a pair for what is in its streams. */
  private concernedBy(event: Recorded<PoolkeeperEvent>): readonly string[] {
    const { pairId, family } = describeStream(event.stream);
    if (pairId !== null) {
      const former = [...this.told.values()].filter((pool) => pool.pairId === pairId);
      const present = [...this.live.pairIdOfPool].filter(([, id]) => id === pairId);
      return [...new Set([...present.map(([fqdn]) => fqdn), ...former.map(({ fqdn }) => fqdn)])];
    }
    if (family !== 'agent') return [];
    if (event.type === 'AgentMoved') return [event.data.from, event.data.homePool];
    const named =
      'homePool' in event.data ? event.data.homePool : 'pool' in event.data ? event.data.pool : null;
    return typeof named === 'string' ? [named] : [];
  }

  private get dateline() {
    return { position: String(this.live.position), asOf: this.live.recordedAt };
  }

  private listeners(): readonly LiveListener[] {
    return [...this.groups.values()].flatMap(({ listeners }) => [...listeners]);
  }

  private scheduleHeartbeat(): () => void {
    return this.schedule(heartbeatEvery, () => {
      for (const listener of this.listeners()) listener.sendHeartbeat();
      this.cancelHeartbeat = this.scheduleHeartbeat();
    });
  }
}
