/** When the file of an export was written. */
import type { Recorded } from '../events/envelope.js';
import type { ResponseGroupsExported } from '../events/transfer.js';
import type { ExportEvent } from './event-ref.js';
import { withAudioByObject } from './file-content.js';
import type { ExportFacts } from './pair-state.js';

/**
 * What is added without a time happens when it is recorded, but for the time that a try takes to be stored. In milliseconds.
 */
const atOnce = 60_000;

/** An export as the facts have it: with the time that its event says, where the file itself has none. */
export function exportOf(event: Recorded<ResponseGroupsExported>): ExportFacts {
  const data = withAudioByObject(event.data);
  const { file = null } = data;
  const { occurredAt, recordedAt } = event.metadata;
  // Logs of before have the time of a file there alone, and a time that is corrected is corrected there.
  const isSaid = Date.parse(recordedAt) - Date.parse(occurredAt) > atOnce;
  if (file === null || !isSaid || file.writtenAt === occurredAt) return data;
  return { ...data, file: { ...file, writtenAt: occurredAt, writtenAtFrom: 'request' } };
}

/** As of when it is known what the file holds: where nothing says when it was written, as of when it was added. */
export const fileKnownAt = ({ data, occurredAt }: Pick<ExportEvent, 'data' | 'occurredAt'>): string =>
  data.file?.writtenAt ?? occurredAt;
