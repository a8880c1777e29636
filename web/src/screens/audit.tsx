/** Everything that happened to a pool and its partner, with causes and effects one click away. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { Sentences } from '../parts/because.js';
import { ChoiceField, SearchField } from '../parts/filters.js';
import { Link } from '../parts/link.js';
import { LongTable } from '../parts/long-table.js';
import { WhenShown } from '../parts/states.js';
import { Time } from '../parts/time.js';
import { query, withQuery } from '../state/address.js';
import { useView } from '../state/view.js';
import { auditTexts as words } from '../texts/audit.js';
import { texts } from '../texts.js';

type Trail = AnswerOf<'audit-trail'>;
type Entry = Trail['entries'][number];

const passedOn = [
  'order',
  'class',
  'actor',
  'refused',
  'withoutCalls',
  'cursor',
  'type',
  'incident',
] as const;

export function AuditOfPool({ path }: { readonly path: string }) {
  const asked = new URLSearchParams({ order: 'newest' });
  for (const name of passedOn) {
    const value = query.value.get(name);
    if (value !== null) asked.set(name, value);
  }
  const file = (format: string): string => {
    const all = new URLSearchParams(asked);
    all.delete('cursor');
    all.set('format', format);
    return `/v1${path}/audit-trail?${all.toString()}`;
  };
  asked.set('limit', '500');
  const trail = useView('audit-trail', `/v1${path}/audit-trail?${asked.toString()}`);
  return (
    <>
      <h2>{words.title}</h2>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <ChoiceField name="order" label={words.order} choices={words.orders} all={words.orders.newest} />
        <ChoiceField name="class" label={words.class} choices={words.classes} all={texts.all} />
        <ChoiceField
          name="refused"
          label={words.refusedOnly}
          choices={words.refusedChoices}
          all={texts.all}
        />
        <ChoiceField
          name="withoutCalls"
          label={words.calls}
          choices={{ true: words.withoutCalls }}
          all={texts.all}
        />
        <SearchField name="actor" label={words.actor} />
        <SearchField name="text" label={texts.search} />
      </form>
      <p>
        {words.file}: <a href={file('csv')}>{words.csv}</a>, <a href={file('ndjson')}>{words.ndjson}</a>
      </p>
      <WhenShown of={trail.value}>{(view) => <Entries view={view} path={path} />}</WhenShown>
    </>
  );
}

function Entries({ view, path }: { readonly view: Trail; readonly path: string }) {
  const text = (query.value.get('text') ?? '').toLowerCase();
  const passing = view.entries.filter(
    ({ summary, type }) => summary.toLowerCase().includes(text) || type.toLowerCase().includes(text),
  );
  return (
    <>
      {passing.length === 0 ? (
        <p class="note">{texts.noneFound}</p>
      ) : (
        <LongTable
          caption={words.found(passing.length)}
          columns={[words.when, words.who, words.what, words.about]}
          rows={passing}
          keyOf={({ id }) => id}
          cells={(entry) => [
            <Time key="when" at={entry.occurredAt} />,
            <bdi key="who">{entry.actor ?? words.derived}</bdi>,
            <Sentence key="what" entry={entry} />,
            <About key="about" entry={entry} entries={view.entries} path={path} />,
          ]}
        />
      )}
      <p>
        {view.previous === null ? null : <Link to={withQuery({ cursor: view.previous })}>{words.later}</Link>}{' '}
        {view.next === null ? null : <Link to={withQuery({ cursor: view.next })}>{words.earlier}</Link>}
      </p>
    </>
  );
}

/** Told apart by a word and a line, not by colour alone. */
function Sentence({ entry }: { readonly entry: Entry }) {
  if (entry.refused)
    return (
      <>
        <strong class="refused">✕ {words.refused}</strong> {entry.summary}
      </>
    );
  if ('retractedBy' in entry)
    return (
      <>
        <strong>{words.retracted}</strong> <s>{entry.summary}</s>
      </>
    );
  return <>{entry.summary}</>;
}

const toEvent = (id: string): string => `/events/${encodeURIComponent(id)}`;

interface AboutProps {
  readonly entry: Entry;
  readonly entries: readonly Entry[];
  readonly path: string;
}

function About({ entry, entries, path }: AboutProps) {
  const nameOf = (id: string): string => entries.find((one) => one.id === id)?.summary ?? id;
  return (
    <details>
      <summary>{entry.type}</summary>
      <p>
        {words.recordedAt} <Time at={entry.recordedAt} />, {texts.position} {entry.position}
      </p>
      {entry.causedBy === null ? null : (
        <p>
          {words.causedBy}: <Link to={toEvent(entry.causedBy)}>{nameOf(entry.causedBy)}</Link>
        </p>
      )}
      {entry.causes.length === 0 ? null : (
        <>
          <p>{words.causes}:</p>
          <ul class="plain">
            {entry.causes.map((id) => (
              <li key={id}>
                <Link to={toEvent(id)}>{nameOf(id)}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {entry.because.length === 0 ? null : <Sentences ids={entry.because} />}
      <p>
        <a href={`${path}?asOf=${entry.position}`}>{words.atThatMoment}</a>
      </p>
      <pre tabIndex={0} aria-label={words.event}>
        <code>{JSON.stringify(entry.data, null, 2)}</code>
      </pre>
    </details>
  );
}
