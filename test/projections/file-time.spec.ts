import { describe, expect, it } from '@jest/globals';
import type { ExportedFile } from '../../events/export-file.js';
import { printedExport, writtenAtOf } from '../../facts/exports.js';
import { exportOf, fileKnownAt } from '../../facts/file-time.js';
import { exportOf as exported, helpDesk } from '../support/objects.js';
import { momentOf, recorded } from '../support/recorded.js';
import { poolA } from '../support/story.js';

const file: ExportedFile = {
  contentHash: 'a'.repeat(64),
  bytes: 1_000,
  holdsSettings: false,
  taken: true,
  audio: [],
  findings: [],
};

/** The export as the facts have it. */
function factsOf(more: Partial<ExportedFile> | null, occurredAt = momentOf(1)) {
  const event = exported(poolA, [helpDesk]);
  if (event.type !== 'ResponseGroupsExported') throw new Error('It is no export.');
  const data = { ...event.data, file: more === null ? null : { ...file, ...more } };
  const [first] = recorded([{ ...event, data, metadata: { occurredAt } }]);
  if (first?.type !== 'ResponseGroupsExported') throw new Error('It is no export.');
  return { data: exportOf(first), occurredAt };
}
const derived = { writtenAt: '2024-12-01T01:00:00.000Z', writtenAtFrom: 'entry-dates' } as const;
const earlier = '2025-01-14T23:00:00.000Z';

describe('The time of a file on record', () => {
  it.each([
    ['its own, where it is on record', factsOf(derived), derived.writtenAt, 'written 2024-12-01 01:00:00Z'],
    ['none, where nothing says it', factsOf({}), null, 'uploaded 2025-01-15 03:00:01Z'],
    [
      'that of its event in logs of before, which had it there alone',
      factsOf({}, earlier),
      earlier,
      'written 2025-01-14 23:00:00Z',
    ],
    ['the corrected one', factsOf(derived, earlier), earlier, 'written 2025-01-14 23:00:00Z'],
    ['that of an export that was only reported', factsOf(null), momentOf(1), 'written 2025-01-15 03:00:01Z'],
  ])('is %s', (_, event, writtenAt, printed) => {
    expect(writtenAtOf(event)).toBe(writtenAt);
    expect(fileKnownAt(event)).toBe(writtenAt ?? event.occurredAt);
    expect(printedExport(event)).toContain(`(${printed}`);
  });
});
