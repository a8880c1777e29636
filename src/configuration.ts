import 'reflect-metadata';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsIn,
  IsString,
  Matches,
  Validate,
  validateSync,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { levelPattern } from './configuration-levels.js';
import { AccessConfiguration } from './access-configuration.js';
import { WholeNumber } from './configuration-numbers.js';
import { readCertificates } from './store/eventstoredb/certificates.js';
import { parseConnectionString } from './store/eventstoredb/connection-string.js';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

@ValidatorConstraint({ name: 'connectionString' })
class ConnectionStringConstraint implements ValidatorConstraintInterface {
  validate(value: string): boolean {
    return problemOf(value) === null;
  }

  defaultMessage(validation?: ValidationArguments): string {
    return problemOf(String(validation?.value)) ?? '';
  }
}

/** The fault of a connection string, or null. Checks the files that it names. Never repeats the string, because it holds a password. */
function problemOf(connectionString: string): string | null {
  if (connectionString === '') return null;
  try {
    readCertificates(parseConnectionString(connectionString).keys);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
  }
}

const levelMessage =
  '$property must be bytes or a share of the disk, such as 500MiB or 5%, or both with a comma';

/** All settings, from environment variables of the same names. The README lists them in a table. */
export class Configuration extends AccessConfiguration {
  /** Port to listen on; 0 takes any free one. */
  @WholeNumber(0, 65_535)
  PORT: number = 3000;

  /** Certificate, with its chain, in PEM format; empty without TLS. Read again when it changes. */
  @Matches(/^$|\S/, { message: '$property must be the path of a file' })
  TLS_CERT_FILE: string = '';

  /** Key of the certificate, in PEM format, without a passphrase. */
  @Matches(/^$|\S/, { message: '$property must be the path of a file' })
  TLS_KEY_FILE: string = '';

  /** Folder of the embedded store. */
  @IsString()
  @Matches(/\S/, { message: '$property must be the path of a folder' })
  DATA_DIR: string = './data';

  /** Connection string of EventStoreDB or KurrentDB; empty for the embedded store. Holds a password: never shown. */
  @Validate(ConnectionStringConstraint)
  EVENT_STORE: string = '';

  /** Name of this deployment in a shared EventStoreDB: what the names of its streams start with. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9_.]{0,63}$/, {
    message: 'EVENT_STORE_PREFIX must be 1 to 64 letters, digits, dots and underscores, without a hyphen',
  })
  EVENT_STORE_PREFIX: string = 'poolkeeper';

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  @IsIn(logLevels)
  LOG_LEVEL: (typeof logLevels)[number] = 'info';

  /** Largest request body, in bytes. */
  @WholeNumber(1_024, 64 * 1_024 * 1_024)
  MAX_BODY_BYTES: number = 1_048_576;

  /** Largest zip of an export, in bytes. */
  @WholeNumber(1_024, 1_024 * 1_024 * 1_024)
  MAX_EXPORT_BYTES: number = 67_108_864;

  /** How long a request body may take to arrive, and an upload may pause, in seconds. */
  @WholeNumber(1, 600)
  BODY_TIMEOUT_SECONDS: number = 30;

  /** Zips of exports that may be on their way at once; more are answered 429. */
  @WholeNumber(1, 1_000)
  MAX_UPLOADS: number = 4;

  /** How long a stop waits for clients before it cuts them off, in seconds. */
  @WholeNumber(0, 600)
  STOP_GRACE_SECONDS: number = 5;

  /** Whether the zips of exports are kept in the folder `exports` of DATA_DIR. */
  @Transform(({ value }: { value: unknown }) => truthOf(value))
  @IsIn([true, false])
  KEEP_EXPORTS: boolean = true;

  /** Days after which a zip of an export is removed, as far as the record does not need it; 0: none for its age. */
  @WholeNumber(0, 36_500)
  KEEP_EXPORTS_DAYS: number = 0;

  /** Zips that are kept of each pool; older ones are removed, as far as the record does not need them; 0: any number. */
  @WholeNumber(0, 1_000_000)
  KEEP_EXPORTS_MOST: number = 0;

  /** Days after which an idempotency key may be used for another request, and a repeat runs again; 0: never. */
  @WholeNumber(0, 36_500)
  IDEMPOTENCY_DAYS: number = 0;

  /** Free space of the disk of DATA_DIR below which health and log warn: bytes, a share of the disk, or the lesser of both. */
  @Matches(levelPattern, { message: levelMessage })
  DISK_LOW: string = '5%,2GiB';

  /** Free space of the disk of DATA_DIR below which nothing is stored any more: commands are answered 503, views go on. */
  @Matches(levelPattern, { message: levelMessage })
  DISK_FULL: string = '1%,256MiB';

  /** Hours between two verifications that nobody asks for; the first is made 5 minutes after the start. 0 for none. */
  @WholeNumber(0, 8_760)
  VERIFY_EVERY_HOURS: number = 24;

  /** Commands taken on at once; more are answered 429. */
  @WholeNumber(1, 1_000_000)
  MAX_PENDING_COMMANDS: number = 10_000;

  /** Longest wait of a view for `minPosition`, in milliseconds. */
  @WholeNumber(0, 600_000)
  MIN_POSITION_PATIENCE_MS: number = 5_000;

  /** Requests that read much of the log and are worked on at once: of views of the past, and of replays and exports. */
  @WholeNumber(1, 100)
  MAX_DEAR_REQUESTS: number = 4;

  /** Requests of each of these kinds that may wait; more are answered 503. */
  @WholeNumber(0, 100_000)
  MAX_WAITING_DEAR_REQUESTS: number = 100;

  /** Live streams open at once; more are answered 503. */
  @WholeNumber(1, 100_000)
  MAX_LISTENERS: number = 1_000;

  /** Between two seals of a log that grows, in seconds: see docs/seals.md. */
  @WholeNumber(1, 86_400)
  SEAL_INTERVAL: number = 300;

  /** Folder to which each seal is copied, best on another machine; empty for none. */
  @Matches(/^$|\S/, { message: 'SEAL_FOLDER must be the path of a folder' })
  SEAL_FOLDER: string = '';

  /** Address to which each seal is posted; empty for none. May hold a secret: never shown. */
  @Matches(/^$|^https?:\/\/[^\s/]\S*$/, {
    message: 'SEAL_WEBHOOK must be an address that begins with http:// or https://',
  })
  SEAL_WEBHOOK: string = '';

  /** How old the last export of a pool may be, in hours: the recovery point that is aimed at. */
  @WholeNumber(1, 8_760)
  EXPORT_AGE_TARGET: number = 24;
}

function truthOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const word = value.toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : value;
}

const secrets: readonly string[] = ['EVENT_STORE', 'SEAL_WEBHOOK', 'OIDC_CLIENT_SECRET'];

const shown = (name: string, environment: Readonly<Record<string, unknown>>): string =>
  secrets.includes(name) ? 'not shown' : `"${String(environment[name])}"`;

const names = Object.keys(new Configuration());

export class ConfigurationError extends Error {
  constructor(sentences: readonly string[]) {
    super(`The configuration is not valid: ${sentences.join('; ')}.`);
    this.name = 'ConfigurationError';
  }
}

/** @throws ConfigurationError with a sentence that names each wrong variable. Empty variables count as not set. */
export function readConfiguration(environment: Readonly<Record<string, unknown>>): Configuration {
  const given: Readonly<Record<string, unknown>> = Object.fromEntries(
    names
      .map((name): readonly [string, unknown] => [name, environment[name]])
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const configuration = plainToInstance(Configuration, given, { exposeDefaultValues: true });
  const errors = validateSync(configuration);
  if (errors.length > 0) {
    throw new ConfigurationError(
      errors.map(
        (error) =>
          `${error.property} is ${shown(error.property, environment)}, but ${Object.values(error.constraints ?? {}).join(' and ')}`,
      ),
    );
  }
  return configuration;
}
