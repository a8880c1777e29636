import { createServices, type ServiceOptions, type Services } from './services.js';

export type PoolkeeperOptions = ServiceOptions;

/** The product without HTTP: its services, and how to start and stop them together. */
export interface Poolkeeper extends Services {
  /**
   * Folds the log; resolves when the views show all of it. A store outside this process is not waited for: until it is
   * reached, and whenever it is lost, the views answer from what they have.
   */
  start(): Promise<void>;
  /** Ends the live feeds, stops following the log and closes the store. A second call waits for the first. */
  stop(): Promise<void>;
}

export function createPoolkeeper(options: PoolkeeperOptions): Poolkeeper {
  const services = createServices(options);
  let stopping: Promise<void> | null = null;
  return {
    ...services,
    start: () => start(services),
    stop: () => (stopping ??= stop(services)),
  };
}

async function start({ store, runner, rebuilds, watch, exportService, seals }: Services): Promise<void> {
  await exportService.begin();
  const started = runner.start().then(() => watch.compare());
  const renewed = started.then(() => rebuilds.renewStale('poolkeeper'));
  renewed.catch(() => undefined);
  // A store outside this process may not be reached for long.
  const looked = started.then(() => watch.start());
  looked.catch(() => undefined);
  if (store.status === undefined) await looked;
  seals.sealing?.start();
}

async function stop({ store, snapshots, runner, ...services }: Services): Promise<void> {
  services.live.close();
  services.verifier.stop();
  await services.watch.stop();
  await services.rebuilds.stop();
  await services.letters.stop();
  await runner.stop();
  // Once nothing appends any more, and while the log can still be read.
  await services.seals.sealing?.stop();
  snapshots.close();
  await store.close();
}
