/** What edits go by: the steps that are on record in a span, and which pool is the partner. */
import type { Answer, Query } from '../client.js';
import type { Session } from '../session.js';
import type { Pools, Recorded } from './edits.js';

type Span = Readonly<Record<string, unknown>>;

const steps = [
  'OutageDeclared',
  'ResponseGroupsExported',
  'ResponseGroupsImported',
  'FailoverInitiated',
  'FailoverFailed',
  'FailoverCompleted',
  'FailbackInitiated',
  'FailbackCompleted',
] as const;

/** Null where something could not be looked up, which is shown. */
export async function lookedUp(
  fqdn: string,
  span: Span,
  session: Session,
): Promise<{ readonly pools: Pools; readonly events: readonly Recorded[] } | null> {
  const path = `/v1/pools/${encodeURIComponent(fqdn)}`;
  const query: Query = {
    type: [...steps],
    limit: '1000',
    ...Object.fromEntries(Object.entries(span).map(([name, value]) => [name, String(value)])),
  };
  const answer = await session.client.view(`${path}/audit-trail`, query);
  if (answer.status >= 400) return shown(answer, session);
  const trail = await session.client.read('audit-trail', answer);
  const events: Recorded[] = [];
  // The span may lie in a pair that the pool was in before.
  const earlier = isOfThePresent(span) ? [] : (trail.earlierPairs ?? []);
  for (const { asOf } of earlier) {
    const before = await session.client.view(`${path}/audit-trail`, { ...query, asOf });
    if (before.status < 400) events.push(...(await session.client.read('audit-trail', before)).entries);
  }
  const pool = await session.client.view(path, earlier.length === 0 ? {} : { at: String(span['from']) });
  if (pool.status >= 400) return shown(pool, session);
  const view = await session.client.read('pool', pool);
  const partner = 'partner' in view && typeof view.partner === 'string' ? view.partner : '';
  return { pools: { fqdn, partner }, events: [...events, ...trail.entries] };
}

/** What begins at a time and goes on until now is asked of the present pair. */
function isOfThePresent({ from, to }: Span): boolean {
  if (to !== undefined) return false;
  return typeof from === 'string' && !Number.isNaN(Date.parse(from));
}

function shown(answer: Answer, session: Session): null {
  session.showText(answer, answer.text);
  return null;
}
