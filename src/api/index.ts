/** For Nest applications that embed Poolkeeper: `import { PoolkeeperModule } from 'poolkeeper'`. */
export { Configuration, ConfigurationError } from '../configuration.js';
export {
  isUnproved,
  type Authenticator,
  type Credentials,
  type Proof,
  type Unproved,
} from '../access/authenticator.js';
export type { Principal, ProvedBy } from '../access/principal.js';
export type { Role } from '../access/roles.js';
export { CommandBus } from '../runtime/commands/command-bus.js';
export { ExportService } from '../runtime/commands/export-service.js';
export { createPoolkeeper, type Poolkeeper, type PoolkeeperOptions } from '../runtime/poolkeeper.js';
export { AgentQueries } from '../runtime/queries/agent-queries.js';
export { AuditQueries } from '../runtime/queries/audit-queries.js';
export { CallQueries } from '../runtime/queries/call-queries.js';
export { ExportQueries } from '../runtime/queries/export-queries.js';
export { LiveFeeds } from '../runtime/queries/live/live-feeds.js';
export { PoolQueries } from '../runtime/queries/pool-queries.js';
export { RangeQueries } from '../runtime/queries/range-queries.js';
export { ReadingsQueries } from '../runtime/queries/readings-queries.js';
export { WhatIfQueries } from '../runtime/queries/what-if/what-if-queries.js';
export { ConfigurationQueries } from '../runtime/queries/configuration-queries.js';
export { ReadinessQueries } from '../runtime/queries/readiness-queries.js';
export { EventQueries } from '../runtime/queries/event-queries.js';
export { SearchQueries } from '../runtime/queries/search-queries.js';
export { WhyQueries } from '../runtime/queries/why-queries.js';
export { Failed, Ok, type Failure, type Result } from '../runtime/result.js';
export { openMemoryStore } from '../store/memory.js';
export { openEventStore } from '../store/open-event-store.js';
export type { EventStore } from '../store/port.js';
export { openApiDocument } from './documentation/document.js';
export { poolkeeperModules, PoolkeeperModule } from './poolkeeper.module.js';
export { AskedBy, principalOf } from './access/principal-of.js';
export type {
  AccessOptions,
  PoolkeeperModuleAsyncOptions,
  PoolkeeperModuleOptions,
} from './services/options.js';
export { CLOCK, EVENT_STORE, POOLKEEPER } from './services/tokens.js';
