/** Tokens of providers that no class names. */

/** The log: an `EventStore`. */
export const EVENT_STORE = Symbol('EVENT_STORE');

/** The time now: `() => Date`. */
export const CLOCK = Symbol('CLOCK');

/** All services together, as `createPoolkeeper` makes them: for what watches all of them. */
export const POOLKEEPER = Symbol('POOLKEEPER');

/** What `PoolkeeperModule` was given: `PoolkeeperModuleOptions`. */
export const MODULE_OPTIONS = Symbol('MODULE_OPTIONS');
