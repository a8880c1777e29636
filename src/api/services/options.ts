import type { FactoryProvider, ModuleMetadata } from '@nestjs/common';
import type { Authenticator } from '../../access/authenticator.js';
import type { LimitSettings } from '../../access/limits/client-limits.js';
import type { Configuration } from '../../configuration.js';
import type { Poolkeeper, PoolkeeperOptions } from '../../runtime/poolkeeper.js';

/** How the service knows who asks. */
export interface AccessOptions {
  /**
   * `auto`, where absent: requests from this machine may do everything while there is no authenticator, all others are
   * refused. `required`: everybody proves who they are. `off`: everybody may do everything.
   */
  readonly mode?: 'auto' | 'required' | 'off';
  /** Names and addresses under which the application is asked, beside those of this machine and of the configuration. */
  readonly allowedHosts?: readonly string[];
  /** The application's own ways to know who asks, in the order in which they are asked. */
  readonly authenticators?: readonly Authenticator[];
  /** How often a client may ask; as configured where absent. `RATE_LIMIT: 0` leaves it to the application. */
  readonly limits?: Partial<LimitSettings>;
}

interface HttpOptions {
  readonly access?: AccessOptions;
  /** Largest body of a request, in bytes; as configured, or else 1 MiB, where absent. */
  readonly maxBodyBytes?: number;
  /** Largest zip of an export, in bytes; as configured, or else 64 MiB, where absent. */
  readonly maxExportBytes?: number;
  /** How long a body may take to arrive, and an upload may pause; as configured, or else 30 s, where absent. */
  readonly bodyPatienceSeconds?: number;
  /** Whether the application serves nothing else: then requests without a route are counted and answered as its own. */
  readonly ownsServer?: boolean;
}

/** What the service opens by itself. Each variable has the meaning and the default that the README gives. */
export interface ConfiguredOptions extends HttpOptions {
  readonly configuration: Partial<Configuration>;
}

/** An open store, and all that can be set without a configuration. The store is closed with the application. */
export type OpenStoreOptions = HttpOptions & Omit<PoolkeeperOptions, 'answerFormat'>;

/** A Poolkeeper that somebody else starts and stops. */
export interface RunningOptions extends HttpOptions {
  readonly poolkeeper: Poolkeeper;
}

export type PoolkeeperModuleOptions = ConfiguredOptions | OpenStoreOptions | RunningOptions;

/** The same as Nest's own modules take in `forRootAsync`. */
export interface PoolkeeperModuleAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: FactoryProvider<PoolkeeperModuleOptions>['useFactory'];
}
