/** Everything that happened to a pool and its partner, with causes and effects one click away. */
import { Chips, GivenChip, SwitchChip } from '../parts/chips.js';
import { Download } from '../parts/download.js';
import { ChoiceField } from '../parts/filters.js';
import { WhenShown } from '../parts/states.js';
import { TrailTable } from '../parts/trail-table.js';
import { TypedField } from '../parts/typed-field.js';
import { moment, query, withMore } from '../state/address.js';
import { session } from '../state/session.js';
import { useTrail } from '../state/trail.js';
import { auditTexts as words } from '../texts/audit.js';
import { texts } from '../texts.js';

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
  const trail = useTrail(`/v1${path}/audit-trail?${asked.toString()}`);
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
        <SwitchChip name="withoutCalls" value="true">
          {words.withoutCalls}
        </SwitchChip>
        {/* Addresses that were kept from before there was the chip `refusals` may have it. */}
        <GivenChip name="refused" label={words.classes.refusals} />
        <GivenChip name="actor" label={words.actor} />
        <GivenChip name="incident" label={texts.incident} />
        <GivenChip name="correlationId" label={words.conversation} />
        <GivenChip name="type" label={words.type} />
        <GivenChip name="from" label={words.from} />
        <GivenChip name="to" label={words.to} />
      </p>
      <Files path={path} />
      <WhenShown of={trail.shown.value}>{(known) => <TrailTable trail={trail} known={known} />}</WhenShown>
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
