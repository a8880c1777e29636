/** Changes at the destination of an import that it would overwrite: they are put into a file first. */
import { holds } from '../../facts/content.js';
import { identityOf } from '../../facts/identity.js';
import { overwrittenBy, type Incoming, type Overwritten, type WrittenFile } from '../../facts/overwritten.js';
import { exportCmdlet } from '../../policy/cmdlets.js';
import { few } from '../../policy/texts/few.js';
import { ownExportsOf, type ReadinessContext } from '../readiness/readiness-context.js';
import { recordingExport } from './record.js';
import { record, run, type Action } from './step.js';

export interface PlannedImport {
  readonly destination: string;
  readonly file: WrittenFile;
  readonly objects: readonly Incoming[];
}

/** The export of the destination that keeps what is there. */
export interface Keeping {
  readonly fileName: string;
  /** It is restricted to this owner where that is enough. */
  readonly owner?: string;
}

export interface KeptEdits {
  readonly overwritten: readonly Overwritten[];
  /** What comes before the import; nothing once a file has what is there. */
  readonly actions: readonly Action[];
  readonly note: string;
}

/** Null where the import overwrites nothing. */
export function keepingEdits(
  { pair }: ReadinessContext,
  { destination, file, objects }: PlannedImport,
  keeping: Keeping,
): KeptEdits | null {
  const overwritten = overwrittenBy(pair, file, destination, objects);
  if (overwritten.length === 0) return null;
  const files = ownExportsOf(pair, destination);
  const isKept = ({ copy }: Overwritten): boolean =>
    copy === null || files.some(({ data }) => holds(data, copy));
  const open = !overwritten.every(isKept);
  const { owner, fileName } = keeping;
  const restricted =
    owner !== undefined && overwritten.every(({ copy }) => copy === null || copy.owner === owner);
  const exported = { fileName, ...(restricted ? { owner } : {}) };
  return {
    overwritten,
    actions: open
      ? [
          ...run([exportCmdlet({ source: destination, ...exported })]),
          ...record(recordingExport({ pool: destination, ...exported })),
        ]
      : [],
    note: [
      `The import sets back what was changed on ${destination}: ${few(overwritten, { word: nameOf })}.`,
      open ? 'Keep that in a file first.' : 'A file that is on record has it.',
      'Make those changes again once the import is done.',
    ].join(' '),
  };
}

const nameOf = ({ incoming, copy }: Overwritten): string =>
  copy === null ? `${incoming.kind} ${incoming.name} (removed there)` : `${copy.kind} ${copy.name}`;

/** Of these objects, those that nobody removed from the destination. */
export function notRemoved<Item extends Pick<Incoming, 'kind' | 'id'>>(
  items: readonly Item[],
  edits: KeptEdits | null,
): readonly Item[] {
  const removed = new Set(
    (edits?.overwritten ?? []).flatMap(({ incoming, copy }) => (copy === null ? [identityOf(incoming)] : [])),
  );
  return items.filter((item) => !removed.has(identityOf(item)));
}
