import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { levelOf } from '../../configuration-levels.js';
import { readConfiguration, type Configuration } from '../../configuration.js';
import type { MakeBackup } from '../../runtime/commands/backup-service.js';
import { EXPORTS, ExportFiles } from '../../runtime/commands/export-files.js';
import type { RetentionOptions } from '../../runtime/commands/export-retention.js';
import { createPoolkeeper, type Poolkeeper } from '../../runtime/poolkeeper.js';
import { openSnapshots } from '../../runtime/projections/snapshots/open-snapshots.js';
import type { DiskOptions } from '../../runtime/watch/disk-watch.js';
import { WITNESS_FILE } from '../../runtime/watch/witness.js';
import { SealSinks } from '../../runtime/seals/seal-sinks.js';
import type { SealingOptions } from '../../runtime/seals/sealing.js';
import { openEventStore } from '../../store/open-event-store.js';
import { DATABASE_FILE } from '../../store/open-store.js';
import { backUp } from '../../store/sqlite/backup.js';
import { answerFormat } from '../http/to-reply.js';
import type { PoolkeeperModuleOptions } from './options.js';

/**
 * Opens what the options name.
 * @throws ConfigurationError, and what the store throws that cannot be opened
 */
export async function openPoolkeeper(options: PoolkeeperModuleOptions): Promise<Poolkeeper> {
  if ('poolkeeper' in options) return options.poolkeeper;
  if ('store' in options) return createPoolkeeper({ ...options, answerFormat });
  return await openConfigured(readConfiguration({ ...options.configuration }));
}

async function openConfigured(configuration: Configuration): Promise<Poolkeeper> {
  const { DATA_DIR: folder } = configuration;
  const clock = (): Date => new Date();
  const store = await openEventStore({
    connectionString: configuration.EVENT_STORE,
    deployment: configuration.EVENT_STORE_PREFIX,
    folder,
    clock,
  });
  const snapshots = openSnapshots(folder);
  if (snapshots.inMemoryBecause !== null) {
    const consequence = 'The next start will read the whole log';
    new Logger('Poolkeeper').warn(`${consequence}: ${snapshots.inMemoryBecause}`);
  }
  return createPoolkeeper({
    store,
    clock,
    answerFormat,
    snapshots: snapshots.cache,
    maxPendingCommands: configuration.MAX_PENDING_COMMANDS,
    minPositionPatience: configuration.MIN_POSITION_PATIENCE_MS,
    dear: {
      atOnce: configuration.MAX_DEAR_REQUESTS,
      mostWaiting: configuration.MAX_WAITING_DEAR_REQUESTS,
    },
    live: { mostListeners: configuration.MAX_LISTENERS },
    exportAgeTargetHours: configuration.EXPORT_AGE_TARGET,
    makeBackup: makeBackupOf(configuration, clock),
    maxUploads: configuration.MAX_UPLOADS,
    verifyEveryHours: configuration.VERIFY_EVERY_HOURS,
    idempotencyDays: configuration.IDEMPOTENCY_DAYS,
    disk: diskOf(configuration),
    witnessFile: configuration.EVENT_STORE === '' ? join(folder, WITNESS_FILE) : null,
    sealing: sealingOf(configuration),
    exportFiles: configuration.KEEP_EXPORTS ? new ExportFiles(join(folder, EXPORTS)) : null,
    exportRetention: retentionOf(configuration),
  });
}

function diskOf({ DATA_DIR: folder, DISK_LOW, DISK_FULL }: Configuration): DiskOptions | null {
  const [low, full] = [levelOf(DISK_LOW), levelOf(DISK_FULL)];
  return low === null || full === null ? null : { folder, low, full };
}

function retentionOf({ KEEP_EXPORTS_DAYS, KEEP_EXPORTS_MOST }: Configuration): RetentionOptions {
  const logger = new Logger('Exports');
  return {
    days: KEEP_EXPORTS_DAYS,
    most: KEEP_EXPORTS_MOST,
    notify: (level, sentence) => (level === 'info' ? logger.log(sentence) : logger.error(sentence)),
  };
}

/** With either store: the seals are this service's own. */
function sealingOf({
  DATA_DIR: folder,
  SEAL_INTERVAL,
  SEAL_FOLDER,
  SEAL_WEBHOOK,
}: Configuration): SealingOptions {
  const logger = new Logger('Seals');
  const levels = { info: 'log', warn: 'warn', error: 'error' } as const;
  const notify: SealingOptions['notify'] = (level, sentence) => logger[levels[level]](sentence);
  const sinks = new SealSinks({
    folder: SEAL_FOLDER,
    webhook: SEAL_WEBHOOK,
    notify: (sentence) => notify('error', sentence),
  });
  return { folder, interval: SEAL_INTERVAL * 1_000, sinks, notify };
}

/** EventStoreDB is backed up by its own means. */
function makeBackupOf({ EVENT_STORE, DATA_DIR }: Configuration, clock: () => Date): MakeBackup | null {
  if (EVENT_STORE !== '') return null;
  return (verify) => backUp(join(DATA_DIR, DATABASE_FILE), clock(), verify);
}
