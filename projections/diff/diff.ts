/** The differences between two moments of a pool, and the events that made them. */
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { isCallEvent } from '../../facts/call.js';
import type { CallTotals } from '../call-status/view.js';
import type { ConfigurationDifferences } from '../differences/configurations.js';
import type { EditabilityView } from '../editability/view.js';
import { eventSummaryOf, type EventSummary } from '../event-summary.js';
import type { PoolView } from '../lifecycle/view.js';
import { differingCopies, type DifferingCopies } from '../view-set/differing-copies.js';
import type { PoolViewSet } from '../view-set/view-set.js';
import type { VisibilityView } from '../visibility/view.js';

/** Null: of a moment before the pair was registered. */
export interface BeforeAndAfter<Value> {
  readonly before: Value | null;
  readonly after: Value | null;
}

export type PoolStatus = Pick<
  PoolView,
  | 'stage'
  | 'since'
  | 'incident'
  | 'backEndDatabase'
  | 'services'
  | 'replication'
  | 'version'
  | 'readings'
  | 'because'
  | 'basis'
  | 'inference'
> & { readonly partnerStage: VisibilityView['partnerStage'] };

export interface CallsCut {
  readonly before: number;
  readonly after: number;
}

export interface PoolDiff {
  readonly fqdn: string;
  /** The same value twice where nothing changed. */
  readonly stage: BeforeAndAfter<PoolStatus>;
  readonly visibility: DifferingCopies<VisibilityView['objects'][number]>;
  readonly editability: DifferingCopies<EditabilityView['objects'][number]>;
  /** Of both pools. */
  readonly configuration: ConfigurationDifferences;
  readonly callStatus: {
    readonly totals: BeforeAndAfter<CallTotals>;
    /** By statement id or `inferred/<inference>`: those that cut calls off in between. */
    readonly disconnectedByStatement: Readonly<Record<string, CallsCut>>;
  };
  readonly events: EventsBetween;
}

export interface EventsBetween {
  /** Events of the pair, in the order of the log; no more than `listedAtMost`. */
  readonly pair: readonly EventSummary[];
  /** Events of the pair beyond those. */
  readonly morePairEvents: number;
  /** Events of its calls, by type. */
  readonly calls: Readonly<Record<string, number>>;
}

export function diffBetween(
  fqdn: string,
  before: PoolViewSet | null,
  after: PoolViewSet | null,
  events: EventsBetween,
  configuration: ConfigurationDifferences,
): PoolDiff {
  return {
    fqdn,
    stage: { before: standingIn(before), after: standingIn(after) },
    visibility: differingCopies(before?.visibility.objects ?? [], after?.visibility.objects ?? []),
    editability: differingCopies(before?.editability.objects ?? [], after?.editability.objects ?? []),
    configuration,
    callStatus: {
      totals: { before: before?.callStatus.totals ?? null, after: after?.callStatus.totals ?? null },
      disconnectedByStatement: callsCutBetween(before, after),
    },
    events,
  };
}

function standingIn(viewSet: PoolViewSet | null): PoolStatus | null {
  if (viewSet === null) return null;
  const { stage, since, incident, backEndDatabase, services, replication, version, ...rest } = viewSet.pool;
  const { readings, because, basis, inference } = rest;
  const { partnerStage } = viewSet.visibility;
  return {
    stage,
    since,
    incident,
    backEndDatabase,
    partnerStage,
    ...(services === undefined ? {} : { services }),
    ...(replication === undefined ? {} : { replication }),
    ...(version === undefined ? {} : { version }),
    readings,
    because,
    basis,
    inference,
  };
}

function callsCutBetween(before: PoolViewSet | null, after: PoolViewSet | null): Record<string, CallsCut> {
  const then = before?.callStatus.totals.disconnectedByStatement ?? {};
  const now = after?.callStatus.totals.disconnectedByStatement ?? {};
  // A cause may be gone again, where it was reported that its calls went on.
  return Object.fromEntries(
    Object.keys({ ...then, ...now })
      .map((cause) => [cause, { before: then[cause] ?? 0, after: now[cause] ?? 0 }] as const)
      .filter(([, calls]) => calls.before !== calls.after),
  );
}

export const listedAtMost = 1_000;

/** Gathers the events between two moments, without keeping them. */
export class EventCollector {
  private readonly pair: EventSummary[] = [];
  private pairEvents = 0;
  private readonly calls = new Map<string, number>();

  add(event: Recorded<PoolkeeperEvent>): void {
    if (isCallEvent(event)) {
      this.calls.set(event.type, (this.calls.get(event.type) ?? 0) + 1);
      return;
    }
    this.pairEvents += 1;
    if (this.pair.length < listedAtMost) this.pair.push(eventSummaryOf(event));
  }

  collected(): EventsBetween {
    const calls = [...this.calls].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      pair: [...this.pair],
      morePairEvents: this.pairEvents - this.pair.length,
      calls: Object.fromEntries(calls),
    };
  }
}
