/** One entry of the audit trail, as its list and its own screen have it. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { auditTexts as words } from '../texts/audit.js';
import { useView } from '../state/view.js';
import { Link } from './link.js';
import { Time } from './time.js';

export type Entry = AnswerOf<'audit-trail'>['entries'][number];

export const pathOfEvent = (id: string): string => `/events/${encodeURIComponent(id)}`;

/** What happened. What was refused or taken back is told apart by a mark, a word and a line, not by colour alone. */
export function Sentence({ entry }: { readonly entry: Entry }) {
  const { summary, refused, retractedBy, correctedBy } = entry;
  return (
    <>
      {refused ? <strong class="tell tell-refused">✕ {words.refused}</strong> : null}{' '}
      {retractedBy === undefined ? null : <strong class="tell tell-retracted">⟲ {words.retracted}</strong>}{' '}
      {correctedBy === undefined ? null : <strong class="tell">◷ {words.corrected}</strong>}{' '}
      {retractedBy === undefined ? <bdi>{summary}</bdi> : <s>{summary}</s>}
      <Correction words={words.retractedBy} by={retractedBy} />
      <Correction words={words.correctedBy} by={correctedBy} />
    </>
  );
}

/** Another entry by its sentence; by its id until that is known. */
export function EntryLink({ id }: { readonly id: string }) {
  const { value } = useView('event', `/v1${pathOfEvent(id)}`, { isTimeless: true }).value;
  return (
    <Link to={pathOfEvent(id)}>{value === null ? <code>{id}</code> : <Sentence entry={value.entry} />}</Link>
  );
}

interface CorrectionProps {
  readonly words: string;
  readonly by: Entry['retractedBy'];
}

function Correction({ words: said, by }: CorrectionProps) {
  if (by === undefined) return null;
  return (
    <p class="quiet">
      {by.occurredAt === undefined ? null : (
        <>
          {words.happenedAt} <Time at={by.occurredAt} />.{' '}
        </>
      )}
      {said} <bdi>{by.by}</bdi>, <Time at={by.at} />: <bdi>{by.reason}</bdi>
    </p>
  );
}
