/** One entry of the audit trail, with what brought it about and what it brought about. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { EntryLink, pathOfEvent, Sentence } from '../parts/audit-entry.js';
import { Sentences } from '../parts/because.js';
import { Link } from '../parts/link.js';
import { WhenShown } from '../parts/states.js';
import { RecordStep } from '../parts/record-step.js';
import { Table } from '../parts/table.js';
import { Time } from '../parts/time.js';
import { isPast } from '../state/address.js';
import { useFeed } from '../state/use-feed.js';
import { useView } from '../state/view.js';
import { eventTexts } from '../texts/event.js';
import { pathOfPool } from '../parts/path-of-pool.js';
import { pathOfIncident } from './incident.js';

type Answer = AnswerOf<'event'>;
type Entry = Answer['entry'];

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
        <div class="sentence">
          <Sentence entry={entry} />
        </div>
        {entry.because.length === 0 ? null : <Sentences ids={entry.because} />}
        <Facts entry={entry} pool={pool} />
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
      {entry.withdraws === undefined ? null : (
        <>
          <h2>{eventTexts.withdraws}</h2>
          <ul class="plain">
            {entry.withdraws.map((one) => (
              <li key={one}>
                <EntryLink id={one} />
              </li>
            ))}
          </ul>
        </>
      )}
      <Corrections entry={entry} />
      <details>
        <summary>{eventTexts.data}</summary>
        <pre tabIndex={0} aria-label={eventTexts.data}>
          <code>{JSON.stringify(entry.data, null, 2)}</code>
        </pre>
      </details>
    </>
  );
}

/** Where it is an event that can be taken back, and whoever reads may see what that would do. */
function Corrections({ entry }: { readonly entry: Entry }) {
  if (isPast.value || entry.refused || entry.derived || entry.retractedBy !== undefined) return null;
  const { id: eventId } = entry;
  return (
    <details class="correct">
      <summary>{eventTexts.correct}</summary>
      <p class="quiet">{eventTexts.correctHint}</p>
      <h3>{eventTexts.retract}</h3>
      <RecordStep command="retract" body={{ eventId, reason: `<${eventTexts.retractBlank}>` }} />
      <h3>{eventTexts.correctTime}</h3>
      <RecordStep
        command="correct-time"
        first={{ '/occurredAt': entry.occurredAt }}
        body={{
          eventId,
          occurredAt: `<${eventTexts.timeBlank}>`,
          reason: `<${eventTexts.reasonBlank}>`,
        }}
      />
    </details>
  );
}

function Facts({ entry, pool }: { readonly entry: Entry; readonly pool: string | undefined }) {
  return (
    <dl>
      <dt>{eventTexts.type}</dt>
      <dd>
        <code>{entry.type}</code>
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
      {pool === undefined ? null : (
        <>
          <dt>{eventTexts.conversation}</dt>
          <dd>
            <Link
              to={`${pathOfPool(pool)}/audit-trail?correlationId=${encodeURIComponent(entry.correlationId)}`}
            >
              {eventTexts.wholeConversation}
            </Link>
          </dd>
        </>
      )}
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
            <Sentence entry={entry} />
          </Link>,
          <Time key="happened" at={entry.occurredAt} />,
          <bdi key="by">{entry.actor ?? eventTexts.nobody}</bdi>,
        ],
      }))}
    />
  );
}
