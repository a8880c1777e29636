/** Everything that happened to a pool and its partner, with causes and effects one click away. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { pathOfEvent, Sentence, type Entry } from '../parts/audit-entry.js';
import { Sentences } from '../parts/because.js';
import { Chips, GivenChip, SwitchChip } from '../parts/chips.js';
import { Download } from '../parts/download.js';
import { ChoiceField } from '../parts/filters.js';
import { Link } from '../parts/link.js';
import { LongTable } from '../parts/long-table.js';
import { WhenShown } from '../parts/states.js';
import { Time } from '../parts/time.js';
import { TypedField } from '../parts/typed-field.js';
import { moment, query, withMore, withQuery } from '../state/address.js';
import { session } from '../state/session.js';
import { useView } from '../state/view.js';
import { auditTexts as words } from '../texts/audit.js';
import { texts } from '../texts.js';

type Trail = AnswerOf<'audit-trail'>;

const passedOn = [
  'order',
  'class',
  'type',
  'actor',
  'text',
  'refused',
  'withoutCalls',
  'incident',
  'correlationId',
  'from',
  'to',
];

/** The parameters of the trail that is shown, without its page. */
function filtered(): URLSearchParams {
  const asked = new URLSearchParams();
  for (const name of passedOn) for (const value of query.value.getAll(name)) asked.append(name, value);
  if (!asked.has('order')) asked.set('order', 'newest');
  return asked;
}

export function AuditOfPool({ path }: { readonly path: string }) {
  const asked = filtered();
  asked.set('limit', '500');
  const cursor = query.value.get('cursor');
  if (cursor !== null) asked.set('cursor', cursor);
  const trail = useView('audit-trail', `/v1${path}/audit-trail?${asked.toString()}`);
  return (
    <>
      <h2>{words.title}</h2>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <TypedField name="text" label={words.text} hint={words.textHint} also={{ cursor: null }} />
        <ChoiceField
          name="order"
          label={words.order}
          choices={{ oldest: words.orders.oldest }}
          all={words.orders.newest}
        />
      </form>
      <p class="chips">
        <Chips name="class" label={words.class} choices={words.classes} />
        <SwitchChip name="refused" value="true">
          {words.refusedOnly}
        </SwitchChip>
        <SwitchChip name="withoutCalls" value="true">
          {words.withoutCalls}
        </SwitchChip>
        <GivenChip name="actor" label={words.actor} />
        <GivenChip name="incident" label={texts.incident} />
        <GivenChip name="correlationId" label={words.conversation} />
        <GivenChip name="type" label={words.type} />
        <GivenChip name="from" label={words.from} />
        <GivenChip name="to" label={words.to} />
      </p>
      <Files path={path} />
      <WhenShown of={trail.value}>{(view) => <Entries view={view} />}</WhenShown>
    </>
  );
}

/** What passes the filters, whole. */
function Files({ path }: { readonly path: string }) {
  const role = session.value?.role;
  if (role !== undefined && role !== 'auditor' && role !== 'administrator')
    return <p class="quiet">{words.noFile}</p>;
  const pool = decodeURIComponent(path.split('/').at(-1) ?? '');
  const file = (format: string): string => {
    const asked = filtered();
    asked.set('format', format);
    return withMore(`/v1${path}/audit-trail?${asked.toString()}`, moment.value);
  };
  return (
    <p>
      {words.file} <Download path={file('csv')} fileName={`audit-trail-${pool}.csv`} label={words.csv} />{' '}
      <Download path={file('ndjson')} fileName={`audit-trail-${pool}.ndjson`} label={words.ndjson} />
    </p>
  );
}

function Entries({ view }: { readonly view: Trail }) {
  const { entries, next, previous } = view;
  return (
    <>
      {entries.length === 0 ? (
        <p class="note">{texts.noneFound}</p>
      ) : (
        <LongTable
          caption={words.found(entries.length, next !== null)}
          columns={[words.when, words.who, words.what, words.about]}
          rows={entries}
          keyOf={({ id }) => id}
          cells={(entry) => [
            <Time key="when" at={entry.occurredAt} />,
            <Who key="who" entry={entry} />,
            <Sentence key="what" entry={entry} />,
            <About key="about" entry={entry} entries={entries} />,
          ]}
        />
      )}
      <p>
        {previous === null ? null : <Link to={withQuery({ cursor: previous })}>{words.before}</Link>}{' '}
        {next === null ? null : <Link to={withQuery({ cursor: next })}>{words.after}</Link>}
      </p>
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
      <summary>{type}</summary>
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
