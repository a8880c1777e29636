import type { ExportBrief } from '../../projections/fleet/pool.js';
import { describedAs, filledBy, named, nullable, object, text } from './schema.js';
import { position, time } from './words.js';

/** The last export of a pool, where a pool is one of many. */
export const exportBrief = named(
  'ExportBrief',
  filledBy<ExportBrief>()(
    object({
      exportId: text,
      occurredAt: describedAs(time, 'When it was recorded to have happened.'),
      writtenAt: describedAs(nullable(time), 'When its file was written; null where nothing says so.'),
      position,
    }),
  ),
);
