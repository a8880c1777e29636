/** The entries of an audit trail as one table, however many there are. */
import { useMemo } from 'preact/hooks';
import { withQuery } from '../state/address.js';
import type { FollowedTrail, Trail } from '../state/trail.js';
import { auditTexts as words } from '../texts/audit.js';
import { texts } from '../texts.js';
import { pathOfEvent, Sentence, type Entry } from './audit-entry.js';
import { Sentences } from './because.js';
import { Link } from './link.js';
import { LongTable } from './long-table.js';
import { Time } from './time.js';

interface Props {
  readonly trail: FollowedTrail;
  readonly known: Trail;
}

export function TrailTable({ trail: { onDrawn, more }, known }: Props) {
  const { pages, isAtTop } = known;
  const entries = useMemo(() => pages.flatMap((page) => page.entries), [pages]);
  const isBelow = (pages.at(-1)?.next ?? null) !== null;
  if (entries.length === 0) return <p class="note">{texts.noneFound}</p>;
  return (
    <>
      <LongTable
        caption={words.found(entries.length, isBelow || !isAtTop)}
        columns={[words.when, words.who, words.what, words.about]}
        rows={entries}
        keyOf={({ id }) => id}
        cells={(entry) => [
          <Time key="when" at={entry.occurredAt} />,
          <Who key="who" entry={entry} />,
          <Sentence key="what" entry={entry} />,
          <About key="about" entry={entry} entries={entries} />,
        ]}
        more={{ isAbove: !isAtTop, isBelow, onDrawn }}
      />
      {isBelow ? (
        <p>
          <button type="button" onClick={more}>
            {words.more}
          </button>
        </p>
      ) : null}
    </>
  );
}

/** Leads to what else this one did. */
function Who({ entry: { actor } }: { readonly entry: Entry }) {
  if (actor === null) return <span class="quiet">{words.derived}</span>;
  return (
    <Link to={withQuery({ actor, cursor: null })} isCurrent={false}>
      <bdi>{actor}</bdi>
    </Link>
  );
}

interface AboutProps {
  readonly entry: Entry;
  readonly entries: readonly Entry[];
}

function About({ entry, entries }: AboutProps) {
  const { id, type, position, recordedAt, causedBy, causes, because, withdraws = [] } = entry;
  const named = (of: string): string => entries.find((one) => one.id === of)?.summary ?? words.event;
  return (
    <details>
      <summary class="one-line">{type}</summary>
      <p>
        <Link to={pathOfEvent(id)}>{words.whole}</Link>
      </p>
      <p class="quiet">
        {words.recordedAt} <Time at={recordedAt} />, {texts.position} {position}
      </p>
      {causedBy === null ? null : (
        <p>
          {words.causedBy}: <Link to={pathOfEvent(causedBy)}>{named(causedBy)}</Link>
        </p>
      )}
      {causes.length === 0 ? null : (
        <>
          <p>{words.causes}:</p>
          <ul class="plain">
            {causes.map((one) => (
              <li key={one}>
                <Link to={pathOfEvent(one)}>{named(one)}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {withdraws.length === 0 ? null : (
        <>
          <p>{words.withdraws}:</p>
          <ul class="plain">
            {withdraws.map((one) => (
              <li key={one}>
                <Link to={pathOfEvent(one)}>{named(one)}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {because.length === 0 ? null : <Sentences ids={because} />}
    </details>
  );
}
