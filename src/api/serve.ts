import 'reflect-metadata';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { Configuration } from '../configuration.js';
import type { MakeBackup } from '../runtime/commands/backup-service.js';
import { ExportFiles } from '../runtime/commands/export-files.js';
import { Poolkeeper } from '../runtime/poolkeeper.js';
import { openSnapshots } from '../runtime/projections/snapshots/open-snapshots.js';
import { openEventStore } from '../store/open-event-store.js';
import { DATABASE_FILE } from '../store/open-store.js';
import { backUp } from '../store/sqlite/backup.js';
import { createApplication } from './application.js';
import { ConfigurationModule } from './configuration.module.js';
import { openLog, type ServiceLog } from './service-log.js';

/** Variables for this folder; see `.env` in the README. */
const environmentFile = '.env';

/** Starts the service as the environment configures it; ends the process with status 1 where it cannot start. */
export async function serve(): Promise<void> {
  try {
    await start(await configured());
  } catch (error) {
    process.stderr.write(
      `Poolkeeper does not start: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}

/** The store and the log have to be there before the application is, and the configuration before them. */
async function configured(): Promise<Configuration> {
  const context = await NestFactory.createApplicationContext(
    await ConfigurationModule.from(environmentFile),
    {
      logger: false,
      abortOnError: false,
    },
  );
  return context.get(Configuration);
}

async function start(configuration: Configuration): Promise<void> {
  const { log, written } = openLog(configuration.LOG_LEVEL);
  const clock = (): Date => new Date();
  const store = await openEventStore({
    connectionString: configuration.EVENT_STORE,
    deployment: configuration.EVENT_STORE_PREFIX,
    folder: configuration.DATA_DIR,
    clock,
  });
  const snapshots = openSnapshots(configuration.DATA_DIR);
  if (snapshots.inMemoryBecause !== null) {
    log.warn({ reason: snapshots.inMemoryBecause }, 'the next start will fold the whole log');
  }
  const poolkeeper = new Poolkeeper({
    store,
    clock,
    snapshots: snapshots.cache,
    maxPendingCommands: configuration.MAX_PENDING_COMMANDS,
    minPositionPatience: configuration.MIN_POSITION_PATIENCE_MS,
    exportAgeTargetHours: configuration.EXPORT_AGE_TARGET,
    makeBackup: makeBackupOf(configuration, clock),
    exportFiles: configuration.KEEP_EXPORTS ? new ExportFiles(join(configuration.DATA_DIR, 'exports')) : null,
  });
  try {
    await poolkeeper.start();
    const application = await createApplication(poolkeeper, {
      log,
      maxBodyBytes: configuration.MAX_BODY_BYTES,
      maxExportBytes: configuration.MAX_EXPORT_BYTES,
    });
    await application.listen(configuration.PORT, configuration.HOST);
    // Before it says that it serves: whoever waits for that word may have it stop at once.
    stopOn(['SIGTERM', 'SIGINT'], { log, written }, async () => {
      // Closing ends idle connections once: those that are busy then would live on until their keep-alive runs out.
      const server = application.getHttpServer();
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      try {
        await application.close();
      } finally {
        clearInterval(sweep);
        await poolkeeper.stop();
      }
    });
    const url = await application.getUrl();
    const where = store.status?.().server ?? configuration.DATA_DIR;
    log.info({ url, docs: `${url}/docs`, store: where }, 'Poolkeeper is serving');
  } catch (error) {
    await poolkeeper.stop();
    throw error;
  }
}

/** EventStoreDB has backups of its own. */
function makeBackupOf({ EVENT_STORE, DATA_DIR }: Configuration, clock: () => Date): MakeBackup | null {
  if (EVENT_STORE !== '') return null;
  return (verify) => backUp(join(DATA_DIR, DATABASE_FILE), clock(), verify);
}

/** Graceful stop: no new requests, those under way are answered, the store is closed. A second signal ends at once. */
function stopOn(
  signals: readonly NodeJS.Signals[],
  { log, written }: ServiceLog,
  stop: () => Promise<void>,
): void {
  let stopping = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (stopping) {
        // Not by process.exit: the log would then be written out, for ever where nobody reads the pipe any more.
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
        return;
      }
      stopping = true;
      log.info({ signal }, 'stopping');
      void stop()
        .then(
          () => log.info('stopped'),
          (error: unknown) => {
            log.error({ err: error }, 'the stop did not go well');
            process.exitCode = 1;
          },
        )
        .then(written);
    });
  }
}
