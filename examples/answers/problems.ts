/** What goes wrong, one problem after the other. */
import type { JsonObject } from '../../events/envelope.js';
import { poolA } from './story.js';
import { textIn, type AnswerRecorder } from './answer-recorder.js';

const pool: JsonObject = { pool: poolA };

export async function recordProblems(recorder: AnswerRecorder): Promise<void> {
  const declareOutage = { operation: 'declare-outage', body: pool };
  await recorder.ask({ operation: 'register-pair', body: { pools: [] } });
  await recorder.ask({ ...declareOutage, body: '{' });
  await recorder.ask({ ...declareOutage, headers: { 'content-type': 'text/plain' }, body: 'pool-a' });
  await recorder.ask({ ...declareOutage, body: { ...pool, reason: 'x'.repeat(70_000) } });
  await recorder.ask({ operation: 'pool', path: { fqdn: 'pool-c.contoso.com' } });
  await recorder.ask({ operation: 'pool', path: { fqdn: poolA }, query: { minPosition: '4711' } });
  await recorder.ask({ operation: 'complete-failover' });
  await recorder.ask({ ...declareOutage, headers: { 'if-match': '"3"' } });
  const headers = { 'idempotency-key': 'night-shift-1' };
  await recorder.ask({ operation: 'report-back-end-database', headers });
  await recorder.ask({ ...declareOutage, headers });
}

/** Once the log holds an event that this version of the service does not understand. */
export async function recordDeadLetters(recorder: AnswerRecorder): Promise<void> {
  const id = await firstDeadLetter(recorder);
  await recorder.ask({ operation: 'declare-outage' });
  await recorder.ask({
    operation: 'report-call-arrived',
    body: { callId: 'call-3', pool: poolA, responseGroup: 'help-desk' },
  });
  await recorder.ask({
    operation: 'retry-dead-letter',
    path: { id },
    body: { reason: 'The service was upgraded.' },
  });
  await recorder.ask({
    operation: 'discard-dead-letter',
    path: { id },
    body: { reason: 'The event says nothing about calls.' },
  });
}

async function firstDeadLetter(recorder: AnswerRecorder): Promise<string> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const letters = await recorder.look('/v1/dead-letters');
    const [first] = Array.isArray(letters['deadLetters'])
      ? (letters['deadLetters'] as readonly JsonObject[])
      : [];
    if (first === undefined) continue;
    await recorder.ask({ operation: 'dead-letters' });
    return textIn(first, 'id');
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
    problem(
      'unauthenticated',
      401,
      'Say who you are',
      'Send an API key: Authorization: Bearer pk_<id>.<secret>. An administrator makes one with "poolkeeper key create".',
      { required: { role: 'viewer' } },
    ),
    problem(
      'forbidden',
      403,
      'Not allowed',
      'desk-b may have to do with pool-b.contoso.com only, not with pool-a.contoso.com.',
      { required: { role: 'operator', pools: [poolA] } },
    ),
    problem(
      'other-actor',
      403,
      'Not allowed',
      'The header X-Actor names another than desk-a, whom the key proves and whom events name. Leave X-Actor (on the command line, --actor) out.',
      { required: { role: 'operator', actor: 'desk-a' } },
    ),
    problem(
      'foreign-origin',
      403,
      'Not allowed',
      'A page of https://other.example makes the browser send this. Only pages of the service itself may.',
      { required: { role: 'operator' } },
    ),
    problem(
      'misdirected',
      421,
      'The service has another name',
      'The service is not called other.example. Where people reach it by this name, set ALLOWED_HOSTS=other.example, or PUBLIC_URL.',
    ),
    problem(
      'too-many-requests',
      429,
      'Too many requests',
      'A client may send 30000 requests in 6 s; it may try again in 1 s.',
    ),
    problem(
      'sign-in-away',
      503,
      later,
      'The identity provider cannot be reached: connect ECONNREFUSED 10.0.0.9:443, so that tokens cannot be checked now. API keys can.',
    ),
    problem(
      'no-sign-in',
      501,
      'Nobody signs in with a browser here',
      'OIDC_ISSUER and OIDC_CLIENT_ID are not both set; use an API key.',
    ),
    problem(
      'sign-in-failed',
      400,
      'The sign-in did not succeed',
      'The identity provider answered access_denied. Begin at /v1/session/sign-in again.',
      { errors: [{ pointer: '', detail: 'The identity provider answered access_denied.' }] },
    ),
    problem('unavailable', 503, later, 'Service Unavailable'),
    problem('stopping', 503, later, 'The service is stopping.'),
    problem(
      'busy',
      503,
      later,
      'Requests that read much of the log wait for their turn, and no more may wait (MAX_WAITING_DEAR_REQUESTS); try again shortly.',
    ),
    problem(
      'too-many-listeners',
      503,
      later,
      '1000 live streams are open, and the service allows no more (MAX_LISTENERS); try again later.',
    ),
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
    problem(
      'catching-up',
      503,
      later,
      'The service has started and is still reading the log; it stands at position 4711. Until it has read all, it does not say that something is not there.',
      { position: '4711' },
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
