/** One call: how it stands, why, and what happened to it. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { Because } from '../parts/because.js';
import { WhenShown } from '../parts/states.js';
import { Time } from '../parts/time.js';
import { Withdrawn } from '../parts/withdrawn.js';
import { isPast } from '../state/address.js';
import { useFeed } from '../state/use-feed.js';
import { useView } from '../state/view.js';
import { callStatusNames, stageNames } from '../texts.js';
import { callTexts } from '../texts/why.js';
import { Link } from '../parts/link.js';
import { pathOfPool } from '../parts/path-of-pool.js';

type Call = AnswerOf<'call'>;

export function CallScreen({ id }: { readonly id: string }) {
  const call = useCall(id);
  const { value: view } = call.value;
  // One that is over stays as it is.
  useFeed(isPast.value || view === null || view.endedAt !== null ? null : { pool: view.pool });
  return (
    <>
      <h1>
        <bdi>{callTexts.title(id)}</bdi>
      </h1>
      <WhenShown of={call.value}>{(known) => <Parts call={known} />}</WhenShown>
    </>
  );
}

/** Where it is one of several answers. */
export function OneCall({ id }: { readonly id: string }) {
  const call = useCall(id);
  return (
    <>
      <h2>
        <bdi>{callTexts.title(id)}</bdi>
      </h2>
      <WhenShown of={call.value}>{(known) => <Parts call={known} />}</WhenShown>
    </>
  );
}

const useCall = (id: string) => useView('call', `/v1/calls/${encodeURIComponent(id)}`);

function Parts({ call }: { readonly call: Call }) {
  return (
    <>
      <Facts call={call} />
      <Withdrawn call={call} />
      {call.history === null ? null : <History entries={call.history} />}
    </>
  );
}

function Facts({ call }: { readonly call: Call }) {
  const { cutOffBy } = call;
  return (
    <article class={`why why-${String(call.status !== 'disconnected')}`}>
      <Because ids={call.because} source={call.source}>
        <strong>{callStatusNames[call.status]}</strong>
        {cutOffBy === null ? null : <> {callTexts.cutOffBy(cutOffBy.pool, stageNames[cutOffBy.stage])}</>}
      </Because>
      <dl>
        <dt>{callTexts.group}</dt>
        <dd>
          <bdi>{call.responseGroupName ?? call.responseGroup}</bdi>
        </dd>
        <dt>{callTexts.owner}</dt>
        <dd>
          <Link to={pathOfPool(call.pool)}>{call.pool}</Link>
        </dd>
        <dt>{callTexts.caller}</dt>
        <dd>
          <bdi>{call.caller ?? callTexts.callerUnknown}</bdi>
        </dd>
        <dt>{callTexts.agent}</dt>
        <dd>
          <bdi>{call.agent ?? callTexts.nobody}</bdi>
        </dd>
        <dt>{callTexts.servedBy}</dt>
        <dd>{call.servedBy ?? callTexts.nowhere}</dd>
        <dt>{callTexts.arrived}</dt>
        <dd>
          <Time at={call.arrivedAt} />
        </dd>
        {call.connectedAt === null ? null : (
          <>
            <dt>{callTexts.connected}</dt>
            <dd>
              <Time at={call.connectedAt} />
            </dd>
          </>
        )}
        <dt>{call.status === 'disconnected' ? callTexts.cutOff : callTexts.ended}</dt>
        <dd>{call.endedAt === null ? callTexts.open : <Time at={call.endedAt} />}</dd>
      </dl>
    </article>
  );
}

function History({ entries }: { readonly entries: NonNullable<Call['history']> }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={callTexts.history}>
      <table>
        <caption>{callTexts.history}</caption>
        <thead>
          <tr>
            <th scope="col">{callTexts.when}</th>
            <th scope="col">{callTexts.what}</th>
            <th scope="col">{callTexts.then}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={`${entry.position} ${entry.what}`}>
              <th scope="row">
                <Time at={entry.occurredAt} />
              </th>
              <td>
                {callTexts.steps[entry.what]}
                {entry.agent === null ? null : (
                  <>
                    {' '}
                    <bdi>{entry.agent}</bdi>
                  </>
                )}
                {entry.contradicted ? <span class="quiet"> ({callTexts.contradicted})</span> : null}
              </td>
              <td>
                <Because ids={entry.because} source={entry.source}>
                  {callStatusNames[entry.status]}
                </Because>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
