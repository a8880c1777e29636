/** Findings about services of a pool that are on record as stopped. */
import { found, inferred, type FindingKind } from './finding-kind.js';

export const findingsOfServices = {
  'response-group-service-stopped': found(
    'critical',
    'Without its Response Group service a pool takes no calls to response groups, though it is up otherwise: a failover would be more than it needs.',
    ['experience'],
    inferred,
  ),
  'response-group-service-in-part': found(
    'warning',
    'Calls to response groups may meet a Front End server whose service is stopped: what becomes of them depends on the server.',
    ['experience'],
    inferred,
  ),
  'front-ends-stopped': found(
    'critical',
    'A pool whose Front End service is stopped everywhere serves nobody, and takes no part in its failover: that needs -DisasterMode.',
    ['failing-over'],
    inferred,
  ),
  'stand-in-takes-no-calls': found(
    'critical',
    'A pool whose Response Group service or Front End service is stopped everywhere stands in for nobody: the calls that a failover is to keep are cut off there.',
    ['experience', 'failing-over'],
    inferred,
  ),
  'stand-in-takes-calls-in-part': found(
    'warning',
    'Calls that the pool that stands in is to carry may meet a Front End server whose service is stopped: what becomes of them depends on the server.',
    ['experience', 'failing-over'],
    inferred,
  ),
  'stand-in-without-database': found(
    'warning',
    'The users and the imported response groups of a pool that fails are kept in the back-end database of the pool that stands in: without it a failover may fail, and imports do.',
    ['failing-over'],
    inferred,
  ),
  'central-management-first': found(
    'warning',
    'The failover of a pool fails while the Central Management store is on that pool, or down: it is failed over first.',
    ['failing-over'],
  ),
  'file-share-down': found(
    'warning',
    'Prompts and music on hold are files: an export or an import without the file share may leave them out, and callers then hear what is read out instead.',
    ['export-cmdlet', 'prompts'],
    inferred,
  ),
  'site-link-down': found(
    'warning',
    'Neither pool sees the other: imports do not reach the backup pool, and a pool that looks down may be up on its own site.',
    ['failing-over'],
    inferred,
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;
