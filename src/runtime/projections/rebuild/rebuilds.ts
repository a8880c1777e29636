import type { ProjectionRunner } from '../projection-runner.js';
import { rebuildBeside, type RebuildOptions } from './rebuild-beside.js';

/** The last rebuild of a projection, or the one under way. Positions are those of the log. */
export interface Rebuild {
  readonly state: 'none' | 'running' | 'done' | 'aborted' | 'failed';
  readonly startedBy: string | null;
  /** RFC 3339, UTC. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Where the rebuild began, how far it is, and the position of the live state when it began. */
  readonly from: bigint;
  readonly position: bigint;
  readonly target: bigint;
  /** Events read. */
  readonly events: number;
  /** Null where no time has passed. */
  readonly eventsPerSecond: number | null;
  /** Why it failed. */
  readonly error: string | null;
}

const none: Rebuild = {
  state: 'none',
  startedBy: null,
  startedAt: null,
  endedAt: null,
  from: 0n,
  position: 0n,
  target: 0n,
  events: 0,
  eventsPerSecond: null,
  error: null,
};

interface Running {
  readonly stopping: AbortController;
  readonly ended: Promise<void>;
}

class Aborted extends Error {}

/** Rebuilds projections beside the live ones, which answer until theirs is swapped in. */
export class Rebuilds {
  private readonly last = new Map<string, Rebuild>();
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly options: Pick<RebuildOptions, 'store' | 'historicalState'> & {
      readonly runner: ProjectionRunner;
    },
    private readonly clock: () => Date,
  ) {}

  of(projection: string): Rebuild {
    const rebuild = this.last.get(projection) ?? none;
    if (rebuild.startedAt === null) return rebuild;
    const until = rebuild.endedAt === null ? this.clock().getTime() : Date.parse(rebuild.endedAt);
    const seconds = (until - Date.parse(rebuild.startedAt)) / 1_000;
    return { ...rebuild, eventsPerSecond: seconds > 0 ? Math.round(rebuild.events / seconds) : null };
  }

  /** Null where one of the same projection runs already. */
  start(projection: string, startedBy: string): Rebuild | null {
    if (this.running.has(projection)) return null;
    const { position: target } = this.options.runner.state;
    const startedAt = this.clock().toISOString();
    this.last.set(projection, { ...none, state: 'running', startedBy, startedAt, target });
    const stopping = new AbortController();
    const ended = this.run(projection, stopping.signal).finally(() => this.running.delete(projection));
    this.running.set(projection, { stopping, ended });
    return this.of(projection);
  }

  /** Resolves when the one that runs has ended, with how; null where none runs. */
  async abort(projection: string): Promise<Rebuild | null> {
    const running = this.running.get(projection);
    if (running === undefined) return null;
    running.stopping.abort(new Aborted('It was aborted.'));
    await running.ended;
    return this.of(projection);
  }

  /** Resolves when the one that runs has ended by itself. */
  async ended(projection: string): Promise<Rebuild> {
    await this.running.get(projection)?.ended;
    return this.of(projection);
  }

  /** Those that show the state of an earlier version, one after the other. */
  async renewStale(startedBy: string): Promise<void> {
    for (const projection of this.options.runner.state.staleProjections) {
      this.start(projection, startedBy);
      await this.ended(projection);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running.keys()].map((projection) => this.abort(projection)));
  }

  private async run(projection: string, signal: AbortSignal): Promise<void> {
    const { runner } = this.options;
    const reached: RebuildOptions['reached'] = (done) => this.note(projection, done);
    try {
      await rebuildBeside({ ...this.options, projections: [projection], signal, reached }, (fresh) => {
        runner.state.swapIn(projection, fresh);
        runner.snapshotter.replaced(projection);
        this.note(projection, { state: 'done', position: fresh.position });
      });
    } catch (error) {
      const aborted = error instanceof Aborted;
      const reason = error instanceof Error ? error.message : String(error);
      this.note(projection, aborted ? { state: 'aborted' } : { state: 'failed', error: reason });
    }
    this.note(projection, { endedAt: this.clock().toISOString() });
  }

  private note(projection: string, changes: Partial<Rebuild>): void {
    this.last.set(projection, { ...(this.last.get(projection) ?? none), ...changes });
  }
}
