import { Gauge, type Registry } from 'prom-client';
import type { Poolkeeper } from '../../../runtime/poolkeeper.js';
import type { LiveState } from '../../../runtime/projections/state/live-state.js';
import { storeHealthOf, type StoreHealth } from './store-health.js';

const NUMBER_OF: Readonly<Record<string, readonly [help: string, number: (health: StoreHealth) => number]>> =
  {
    up: ['1 while the store is reached, else 0', ({ up }) => Number(up)],
    following: [
      '1 while the views follow the log and have had all of it',
      ({ following }) => Number(following),
    ],
    last_known_position: ['Position of the last known event', ({ lastKnown }) => Number(lastKnown)],
    handled_position: ['Position up to which the views have the log', ({ handled }) => Number(handled)],
    lag_positions: ['Positions that the views are behind the last known event', ({ lag }) => Number(lag)],
    lag_seconds: [
      'Age of the last event that the views have, while later ones are known; else 0',
      ({ lagSeconds }) => lagSeconds,
    ],
    unreached_seconds: [
      'Seconds since the store was last reached; 0 while it is',
      ({ unreachedSeconds }) => unreachedSeconds,
    ],
    clients_given_up: [
      'Connections to the store given up for new ones',
      ({ clientsGivenUp }) => clientsGivenUp,
    ],
  };

/** Values of the current state, read only when the metrics are asked for. */
export class StateGauges {
  private readonly gauges: readonly (readonly [Gauge, (health: StoreHealth) => number])[];
  private readonly pending: Gauge;
  private readonly deadLetters: Gauge;
  private readonly openCalls: Gauge;
  private readonly snapshots: Gauge;
  private readonly listeners: Gauge;

  constructor(
    private readonly poolkeeper: Poolkeeper,
    registry: Registry,
  ) {
    const registers = [registry];
    this.gauges = Object.entries(NUMBER_OF).map(([name, [help, number]]) => [
      new Gauge({ name: `poolkeeper_store_${name}`, help, registers }),
      number,
    ]);
    this.pending = new Gauge({
      name: 'poolkeeper_commands_pending',
      help: 'Commands taken on and not yet answered',
      registers,
    });
    this.deadLetters = new Gauge({
      name: 'poolkeeper_dead_letters',
      help: 'Events that a projection could not fold',
      labelNames: ['projection'],
      registers,
    });
    this.openCalls = new Gauge({
      name: 'poolkeeper_open_calls',
      help: 'Calls in progress and connected, of all pools, without those placed on behalf',
      labelNames: ['status'],
      registers,
    });
    this.snapshots = new Gauge({
      name: 'poolkeeper_snapshot_position',
      help: 'Position up to which snapshots have the log: a start folds what comes after',
      registers,
    });
    this.listeners = new Gauge({
      name: 'poolkeeper_live_listeners',
      help: 'Connections that listen to a pool live',
      registers,
    });
  }

  async refresh(): Promise<void> {
    const health = await storeHealthOf(this.poolkeeper);
    for (const [gauge, number] of this.gauges) gauge.set(number(health));
    this.pending.set(this.poolkeeper.commands.pendingCommands);
    for (const status of ['in-progress', 'connected'] as const) {
      this.openCalls.set({ status }, openCallsOfAll(this.poolkeeper.runner.state, status));
    }
    this.snapshots.set(Number(this.poolkeeper.runner.snapshotPosition));
    this.listeners.set(this.poolkeeper.live.listeners);
    this.countDeadLetters();
  }

  private countDeadLetters(): void {
    const letters = this.poolkeeper.letters.list();
    for (const { name } of Object.values(this.poolkeeper.runner.state.projections)) {
      this.deadLetters.set(
        { projection: name },
        letters.filter(({ projection }) => projection === name).length,
      );
    }
  }
}

function openCallsOfAll({ pairs }: LiveState, status: 'in-progress' | 'connected'): number {
  let calls = 0;
  for (const { callStatus } of pairs.values()) {
    for (const { totals } of callStatus.state.owners) calls += totals[status];
  }
  return calls;
}
