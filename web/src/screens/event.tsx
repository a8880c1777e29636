/** One entry of the audit trail, with what brought it about and what it brought about. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { Sentences } from '../parts/because.js';
import { Link } from '../parts/link.js';
import { WhenShown } from '../parts/states.js';
import { Table } from '../parts/table.js';
import { Time } from '../parts/time.js';
import { useFeed } from '../state/use-feed.js';
import { useView } from '../state/view.js';
import { eventTexts } from '../texts/event.js';
import { pathOfPool } from './fleet.js';
import { pathOfIncident } from './incident.js';

type Answer = AnswerOf<'event'>;
type Entry = Answer['entry'];

export const pathOfEvent = (id: string): string => `/events/${encodeURIComponent(id)}`;

export function EventScreen({ id }: { readonly id: string }) {
  useFeed(null);
  const event = useView('event', `/v1${pathOfEvent(id)}`, { isTimeless: true });
  return (
    <>
      <h1>{eventTexts.title}</h1>
      <WhenShown of={event.value}>{(view) => <Shown view={view} />}</WhenShown>
    </>
  );
}

function Shown({ view: { entry, cause, causes, pools } }: { readonly view: Answer }) {
  const pool = entry.pool ?? pools[0];
  return (
    <>
      <article class={`why why-${String(!entry.refused)}`}>
        <p class="sentence">
          <bdi>{entry.summary}</bdi>
        </p>
        {entry.because.length === 0 ? null : <Sentences ids={entry.because} />}
        <Facts entry={entry} />
        {pool === undefined ? null : (
          <p>
            <Link to={`${pathOfPool(pool)}?asOf=${entry.position}`}>{eventTexts.after}</Link>,{' '}
            <Link to={`${pathOfPool(pool)}?asOf=${String(BigInt(entry.position) - 1n)}`}>
              {eventTexts.before}
            </Link>
          </p>
        )}
      </article>
      <h2>{eventTexts.cause}</h2>
      {cause === null ? (
        <p>{eventTexts.noCause}</p>
      ) : (
        <Entries caption={eventTexts.cause} entries={[cause]} />
      )}
      <h2>{eventTexts.effects}</h2>
      {causes.length === 0 ? (
        <p>{eventTexts.noEffects}</p>
      ) : (
        <Entries caption={eventTexts.effects} entries={causes} />
      )}
      <details>
        <summary>{eventTexts.data}</summary>
        <pre>
          <code>{JSON.stringify(entry.data, null, 2)}</code>
        </pre>
      </details>
    </>
  );
}

function Facts({ entry }: { readonly entry: Entry }) {
  return (
    <dl>
      <dt>{eventTexts.type}</dt>
      <dd>
        <code>{entry.type}</code>{' '}
        {entry.refused ? <strong class="word-no">{eventTexts.refused}</strong> : null}
      </dd>
      <dt>{eventTexts.happened}</dt>
      <dd>
        <Time at={entry.occurredAt} />
      </dd>
      <dt>{eventTexts.recorded}</dt>
      <dd>
        <Time at={entry.recordedAt} />
      </dd>
      <dt>{eventTexts.by}</dt>
      <dd>
        <bdi>{entry.actor ?? eventTexts.nobody}</bdi>
      </dd>
      <dt>{eventTexts.position}</dt>
      <dd>{entry.position}</dd>
      {entry.incident === null ? null : (
        <>
          <dt>{eventTexts.incident}</dt>
          <dd>
            <Link to={pathOfIncident(entry.incident)}>{entry.incident}</Link>
          </dd>
        </>
      )}
    </dl>
  );
}

function Entries({ caption, entries }: { readonly caption: string; readonly entries: readonly Entry[] }) {
  return (
    <Table
      caption={caption}
      columns={[eventTexts.what, eventTexts.happened, eventTexts.by]}
      rows={entries.map((entry) => ({
        key: entry.id,
        cells: [
          <Link key="what" to={pathOfEvent(entry.id)}>
            <bdi>{entry.summary}</bdi>
          </Link>,
          <Time key="happened" at={entry.occurredAt} />,
          <bdi key="by">{entry.actor ?? eventTexts.nobody}</bdi>,
        ],
      }))}
    />
  );
}
