/** Who asks: what is known of the one behind a request once it has been looked at. */
import type { proofs } from '../contract/access.js';
import { poolNameOf } from '../domain/names.js';
import type { Role } from './roles.js';

export type ProvedBy = (typeof proofs)[number];

export interface Principal {
  /** The name that events carry. */
  readonly actor: string;
  readonly role: Role;
  /** Names of pools in lower case; null: all pools. */
  readonly pools: ReadonlySet<string> | null;
  readonly provedBy: ProvedBy;
  /**
   * The client for limits and idempotency keys, the same from request to request and never a secret:
   * `key:<id>`, `token:<issuer>#<subject>`, `address:<ip>`.
   */
  readonly client: string;
  /** For whom the proved one acts, as a trusted proxy says. */
  readonly onBehalfOf?: string;
}

/** The longest name of an actor, in characters. */
export const longestActor = 256;

/** How the names of pools are compared: as paths and bodies have them once they are read. */
export const foldedPool = poolNameOf;

/** Whether a principal may have to do with this pool. */
export const reaches = ({ pools }: Pick<Principal, 'pools'>, pool: string): boolean =>
  pools === null || pools.has(foldedPool(pool));
