/** What goes wrong, one problem after the other. */
import type { JsonObject } from '../../events/envelope.js';
import { poolA } from './story.js';
import type { Teller } from './teller.js';
import { textOf } from '../generator/text-of.js';

const pool: JsonObject = { pool: poolA };

export async function tellMishaps(teller: Teller): Promise<void> {
  const declareOutage = { operation: 'declare-outage', body: pool };
  await teller.ask({ operation: 'register-pair', body: { pools: [] } });
  await teller.ask({ ...declareOutage, body: '{' });
  await teller.ask({ ...declareOutage, headers: { 'content-type': 'text/plain' }, body: 'pool-a' });
  await teller.ask({ ...declareOutage, body: { ...pool, reason: 'x'.repeat(70_000) } });
  await teller.ask({ operation: 'pool', path: { fqdn: 'pool-c.contoso.com' } });
  await teller.ask({ operation: 'pool', path: { fqdn: poolA }, query: { minPosition: '4711' } });
  await teller.ask({ operation: 'complete-failover' });
  await teller.ask({ ...declareOutage, headers: { 'if-match': '"3"' } });
  const headers = { 'idempotency-key': 'night-shift-1' };
  await teller.ask({ operation: 'report-back-end-database', headers });
  await teller.ask({ ...declareOutage, headers });
}

/** Once the log holds an event that this version of the service does not understand. */
export async function tellDeadLetters(teller: Teller): Promise<void> {
  const id = await firstDeadLetter(teller);
  await teller.ask({ operation: 'declare-outage' });
  await teller.ask({
    operation: 'report-call-arrived',
    body: { callId: 'call-3', pool: poolA, responseGroup: 'help-desk' },
  });
  await teller.ask({
    operation: 'retry-dead-letter',
    path: { id },
    body: { reason: 'The service was upgraded.' },
  });
  await teller.ask({
    operation: 'discard-dead-letter',
    path: { id },
    body: { reason: 'The event says nothing about calls.' },
  });
}

async function firstDeadLetter(teller: Teller): Promise<string> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const letters = await teller.look('/v1/dead-letters');
    const [first] = Array.isArray(letters['deadLetters'])
      ? (letters['deadLetters'] as readonly JsonObject[])
      : [];
    if (first === undefined) continue;
    await teller.ask({ operation: 'dead-letters' });
    return textOf(first['id']);
  }
  throw new Error('No event became a dead letter.');
}

const problem = (name: string, status: number, title: string, detail: string, more: JsonObject = {}) => ({
  type: `urn:poolkeeper:problem:${name}`,
  title,
  status,
  detail,
  ...more,
});

const later = 'The service cannot answer now';

/** What no story brings about by itself. */
export const rareProblems = Object.fromEntries(
  [
    problem(
      'internal',
      500,
      'Something went wrong inside',
      'The service met an error that is its own; its log holds the details.',
    ),
    problem('unavailable', 503, later, 'Service Unavailable'),
    problem('stopping', 503, later, 'The service is stopping.'),
    problem(
      'store-unavailable',
      503,
      later,
      'The event store cannot be reached: connect ECONNREFUSED 10.0.0.7:2113',
    ),
    problem(
      'under-repair',
      503,
      later,
      'A view is being put right after an event that could not be folded. Nothing was stored.',
    ),
    problem('contended', 503, later, 'Others keep writing the same stream; try again.'),
    problem(
      'export-too-large',
      413,
      'The export is too large for the store',
      'What the file holds is more than the store takes at once. An append holds at most 5000 events.',
    ),
  ].map((one) => [one.type, one]),
);
