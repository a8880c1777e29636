import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { openSnapshots } from '../../../src/runtime/projections/snapshots/open-snapshots.js';
import type { LiveState } from '../../../src/runtime/projections/state/live-state.js';
import { mediumOf, type Medium, type MediumKind } from '../../http/support/mediums.js';
import { Service, type ServiceOptions } from '../../http/support/service.js';
import { temporaryFolder } from '../../http/support/stores.js';
import { without } from '../../support/without.js';
import { Gate } from './rebuilding.js';

/** A service on a log and a folder of snapshots, both of which outlive it. */
export class RuntimeBench {
  readonly folder = temporaryFolder();
  private running: Service | null = null;

  private constructor(private readonly medium: Medium) {}

  static async open(kind: MediumKind): Promise<RuntimeBench> {
    return new RuntimeBench(await mediumOf(kind));
  }

  get service(): Service {
    if (this.running === null) throw new Error('The service was not started.');
    return this.running;
  }

  get state(): LiveState {
    return this.service.poolkeeper.runner.state;
  }

  /** Starts it, or starts it again, on what was there; it has caught up then. */
  async start(options: ServiceOptions = {}): Promise<Service> {
    await this.stop();
    this.running = await Service.start({
      store: options.store ?? (await this.medium.open(options.clock)),
      snapshots: openSnapshots(this.folder.path).cache,
      retries: { backoff: 0, pause: async () => undefined },
      ...options,
    });
    await this.running.caughtUp();
    return this.running;
  }

  /** The same, where every read of the whole log waits at its beginning. */
  async startGated(options: ServiceOptions): Promise<Gate> {
    await this.stop();
    const store = await this.medium.open(options.clock);
    const gate = new Gate(store);
    await this.start({ ...options, store });
    return gate;
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = null;
  }

  /** The snapshots as they are in their file, which a later `useSnapshots` brings back. */
  keepSnapshots(name: string): void {
    cpSync(this.folder.path, `${this.folder.path}-${name}`, { recursive: true });
  }

  useSnapshots(name: string): void {
    rmSync(this.folder.path, { recursive: true });
    cpSync(`${this.folder.path}-${name}`, this.folder.path, { recursive: true });
    rmSync(`${this.folder.path}-${name}`, { recursive: true });
  }

  get snapshotsFile(): string {
    return join(this.folder.path, 'snapshots.db');
  }

  async dispose(): Promise<void> {
    await this.stop();
    this.medium.release();
    this.folder.remove();
  }
}

/**
 * What every fold of a projection would keep, by its pair, with the order of maps. Not in the bytes of `v8.serialize`: for
 * one array there are two forms, by how the engine happened to make it.
 */
export const keptBy = (state: LiveState, projection: string): ReadonlyMap<string, string> =>
  new Map(
    state
      .instancesOf(projection)
      .map((fold) => [fold.key, inspect(fold.packed, everything)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

const everything = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity } as const;

/** All views of a pool, without how far they are. */
export async function viewsOf(service: Service, pool: string, asOf?: string): Promise<readonly object[]> {
  const query = asOf === undefined ? '' : `?asOf=${asOf}`;
  const views = ['', '/visibility', '/editability', '/call-status'].map(async (view) => {
    const body = await service.shown(`/v1/pools/${pool}${view}${query}`);
    return without(body, 'position', 'asOf');
  });
  return await Promise.all(views);
}
