/** The exports of a pair, each with what it changed. */
import type { Recorded } from '../../events/envelope.js';
import type { ConfigurationEvent } from '../../events/configuration.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ResponseGroupsExported, ResponseGroupsImported } from '../../events/transfer.js';
import type { Projection } from '../projection.js';

export interface ExportOnRecord {
  readonly event: Recorded<ResponseGroupsExported>;
  readonly changes: ConfigurationEvent[];
  readonly imports: Recorded<ResponseGroupsImported>[];
}

export interface ExportsState {
  /** By the id of the export, in the order of the log. */
  readonly exports: Map<string, ExportOnRecord>;
  /** By the id of the event. */
  readonly byEvent: Map<string, ExportOnRecord>;
}

export const exports: Projection<ExportsState> = {
  name: 'exports',
  version: 1,
  reads: ['pair'],
  initial: () => ({ exports: new Map(), byEvent: new Map() }),
  apply,
};

function apply(state: ExportsState, event: Recorded<PoolkeeperEvent>): ExportsState {
  switch (event.type) {
    case 'ResponseGroupsExported': {
      const entry = { event, changes: [], imports: [] };
      state.exports.set(event.data.exportId, entry);
      state.byEvent.set(event.id, entry);
      break;
    }
    case 'ObjectCreated':
    case 'ObjectModified':
    case 'ObjectRemoved':
      state.byEvent.get(event.metadata.causationId)?.changes.push(event);
      break;
    case 'ResponseGroupsImported':
      state.exports.get(event.data.exportId)?.imports.push(event);
      break;
    default:
      break;
  }
  return state;
}
