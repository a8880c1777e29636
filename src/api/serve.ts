import 'reflect-metadata';
import { Server } from 'node:https';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { terminalLines } from '../../text/terminal.js';
import { refusalToStart } from '../access/modes.js';
import { Configuration } from '../configuration.js';
import type { EventStore } from '../store/port.js';
import { createServer } from './application.js';
import { logWarnings } from './node-warnings.js';
import { PoolkeeperModule } from './poolkeeper.module.js';
import { endInWords } from './last-words.js';
import { openLog, type ServiceLog } from './service-log.js';
import { ConfigurationModule, readEnvironment } from './services/configuration.module.js';
import { EVENT_STORE } from './services/tokens.js';
import { followRenewals, readTlsKeys, tlsFilesOf, type Renewable, type TlsFiles } from './tls.js';

/** Variables for this folder; see `.env` in the README. */
const environmentFile = '.env';

/** Starts the service as the environment configures it; ends the process with status 1 where it cannot start. */
export async function serve(): Promise<void> {
  try {
    const configuration = await readEnvironment(environmentFile);
    const refusal = refusalToStart(configuration);
    if (refusal !== null) throw new Error(refusal);
    await start(configuration);
  } catch (error) {
    process.stderr.write(
      `Poolkeeper does not start: ${terminalLines(error instanceof Error ? error.message : String(error))}\n`,
    );
    process.exitCode = 1;
  }
}

async function start(configuration: Configuration): Promise<void> {
  const { HOST, PORT, DATA_DIR, LOG_LEVEL, STOP_GRACE_SECONDS, MAX_BODY_BYTES: maxBodyBytes } = configuration;
  const serviceLog = openLog(LOG_LEVEL);
  const { log } = serviceLog;
  endInWords(serviceLog);
  logWarnings(process, log);
  const tlsFiles = tlsFilesOf(configuration);
  const tls = tlsFiles === null ? {} : { tls: readTlsKeys(tlsFiles) };
  const application = await createServer([moduleFor(configuration)], { log, maxBodyBytes, ...tls });
  try {
    await application.listen(PORT, HOST);
    if (tlsFiles !== null) follow(application, tlsFiles, log);
    application.flushLogs();
    // Before it says that it serves: a supervisor that waits for that line may stop it at once.
    stopOn(stopSignals(process.platform), serviceLog, () =>
      close(application, STOP_GRACE_SECONDS * 1_000, log),
    );
    const url = await application.getUrl();
    const store = application.get<EventStore>(EVENT_STORE, { strict: false }).status?.().server ?? DATA_DIR;
    log.info({ url, docs: `${url}/docs`, store }, 'Poolkeeper is serving');
  } catch (error) {
    await application.close();
    throw error;
  }
}

/** What the files say from now on, also after they were renewed. */
function follow(application: NestFastifyApplication, files: TlsFiles, log: Logger): void {
  const server: unknown = application.getHttpServer();
  if (speaksTls(server)) followRenewals(server, files, log);
}

const speaksTls = (server: unknown): server is Renewable => server instanceof Server;

const moduleFor = (configuration: Configuration): DynamicModule =>
  PoolkeeperModule.forRootAsync({
    imports: [ConfigurationModule.of(configuration)],
    inject: [Configuration],
    useFactory: (configured: Configuration) => ({ configuration: configured, ownsServer: true }),
  });

/**
 * Closing ends idle connections once: those that are busy then would live on until their keep-alive runs out. Clients
 * that have sent half a request, or do not read, never become idle: after the grace they are cut off.
 * @param grace milliseconds
 */
async function close(application: NestFastifyApplication, grace: number, log: Logger): Promise<void> {
  const server = application.getHttpServer();
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cutOff = setTimeout(() => {
    log.warn({ seconds: grace / 1_000 }, 'clients still hold connections open; they are cut off');
    server.closeAllConnections();
  }, grace);
  try {
    await application.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cutOff);
  }
}

/** Windows sends no SIGTERM: there it is Ctrl-C, Ctrl-Break, or a console that is closed. */
export const stopSignals = (platform: string): readonly NodeJS.Signals[] =>
  platform === 'win32' ? ['SIGINT', 'SIGBREAK', 'SIGHUP'] : ['SIGTERM', 'SIGINT'];

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
        // Not by process.exit: that waits for the log to be written, endlessly where nobody reads the pipe any more.
        process.removeAllListeners(signal);
        // Windows can send itself no other.
        process.kill(process.pid, process.platform === 'win32' ? 'SIGTERM' : signal);
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
