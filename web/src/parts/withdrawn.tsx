/** Cut-offs of a call that a correction took back: it was shown as cut off, and is no more. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { useView } from '../state/view.js';
import { stageNames } from '../texts.js';
import { callTexts } from '../texts/why.js';
import { pathOfEvent, type Entry } from './audit-entry.js';
import { Link } from './link.js';
import { pathOfPool } from './path-of-pool.js';
import { Time } from './time.js';

type Call = AnswerOf<'call'>;

/** As many of the latest corrections as are looked at. */
const most = 10;

export function Withdrawn({ call }: { readonly call: Call }) {
  const asked = `class=corrections&order=newest&limit=${most}`;
  const trail = useView('audit-trail', `/v1${pathOfPool(call.pool)}/audit-trail?${asked}`);
  const arrived = call.history?.[0]?.position;
  if (arrived === undefined) return null;
  const since = (trail.value.value?.entries ?? []).filter(
    ({ position, refused }) => !refused && BigInt(position) > BigInt(arrived),
  );
  return (
    <>
      {since.map((entry) => (
        <WithdrawnBy key={entry.id} entry={entry} call={call} />
      ))}
    </>
  );
}

interface Props {
  readonly entry: Entry;
  readonly call: Call;
}

/** Nothing where the call was not cut off right before the correction, or still is. */
function WithdrawnBy({ entry, call }: Props) {
  const { id, position, actor, recordedAt } = entry;
  const path = `/calls/${encodeURIComponent(call.callId)}?asOf=${String(BigInt(position) - 1n)}`;
  const { value: before } = useView('call', `/v1${path}`, { isFixed: true }).value;
  if (before?.status !== 'disconnected' || isCutOffTheSame(before, call)) return null;
  const { cutOffBy } = before;
  return (
    <p class="note">
      <strong class="tell tell-retracted">⟲ {callTexts.withdrawn}</strong> {callTexts.wasCutOff}
      {cutOffBy === null ? null : <> {callTexts.cutOffBy(cutOffBy.pool, stageNames[cutOffBy.stage])}</>},{' '}
      {callTexts.until} <bdi>{actor}</bdi> <Link to={pathOfEvent(id)}>{callTexts.tookItBack}</Link>,{' '}
      <Time at={recordedAt} />. <Link to={path}>{callTexts.asItWas}</Link>
    </p>
  );
}

const isCutOffTheSame = (one: Call, other: Call): boolean =>
  one.status === other.status && one.cutOffBy?.position === other.cutOffBy?.position;
