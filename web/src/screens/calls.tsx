/** The calls of a pool's response groups, page by page. */
import { Because } from '../parts/because.js';
import { ChoiceField, SearchField } from '../parts/filters.js';
import { Link } from '../parts/link.js';
import { LongTable } from '../parts/long-table.js';
import { WhenShown } from '../parts/states.js';
import { Time } from '../parts/time.js';
import { go, query, withQuery } from '../state/address.js';
import { useView } from '../state/view.js';
import { callStatusNames, texts } from '../texts.js';
import { auditTexts } from '../texts/audit.js';

const filters = ['status', 'responseGroup', 'agent', 'caller', 'cursor'] as const;

/** The latest first, as in the trail; an address with a place and without an order is one of before there was a choice. */
const orderAsked = (): string =>
  query.value.get('order') ?? (query.value.has('cursor') ? 'oldest' : 'newest');

export function Calls({ path }: { readonly path: string }) {
  const order = orderAsked();
  const asked = new URLSearchParams({ limit: '200', order });
  for (const name of filters) {
    const value = query.value.get(name);
    if (value !== null) asked.set(name, value);
  }
  const calls = useView('calls', `/v1${path}/calls?${asked.toString()}`);
  return (
    <>
      <h2>{texts.callsTab}</h2>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <ChoiceField name="status" label={texts.status} choices={callStatusNames} all={texts.all} />
        <SearchField name="responseGroup" label={texts.responseGroup} />
        <SearchField name="caller" label={texts.caller} />
        <label>
          <span>{auditTexts.order}</span>
          <select
            value={order}
            onChange={(event) => {
              go(withQuery({ order: event.currentTarget.value, cursor: null }), { replace: true });
            }}
          >
            <option value="newest">{auditTexts.orders.newest}</option>
            <option value="oldest">{auditTexts.orders.oldest}</option>
          </select>
        </label>
      </form>
      <WhenShown of={calls.value}>
        {(view) => {
          if (view.calls.length === 0) return <p class="note">{texts.noneFound}</p>;
          return (
            <>
              <LongTable
                caption={texts.callsShown(view.calls.length, view.next !== null)}
                columns={[texts.call, texts.responseGroup, texts.caller, texts.arrived, texts.status]}
                rows={view.calls}
                keyOf={({ callId }) => callId}
                cells={(call) => [
                  <Link key="call" to={`/calls/${encodeURIComponent(call.callId)}`}>
                    <bdi>{call.callId}</bdi>
                  </Link>,
                  <bdi key="group" title={call.responseGroup}>
                    {call.responseGroupName ?? call.responseGroup}
                  </bdi>,
                  call.caller === null ? '' : <bdi key="caller">{call.caller}</bdi>,
                  <Time key="arrived" at={call.arrivedAt} />,
                  <Because key="status" ids={call.because} source={call.source}>
                    {callStatusNames[call.status]}
                  </Because>,
                ]}
              />
              {view.next === null ? null : (
                <Link to={withQuery({ cursor: view.next, order })}>{texts.nextPage}</Link>
              )}
            </>
          );
        }}
      </WhenShown>
    </>
  );
}
