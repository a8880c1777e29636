/** The operations that run the service: its log, its seals, its projections, access and health. */
import type { OperationId } from '../../contract/answers.js';
import { healthAnswer } from '../../contract/health.js';
import { verificationLine } from '../../contract/log.js';
import {
  busyProblem,
  noRebuildUnderWayProblem,
  noSignInProblem,
  rebuildUnderWayProblem,
  storeUnavailableProblem,
  unknownProblem,
} from '../../contract/problems.js';
import { logLine } from '../../contract/seals.js';
import { json, jsonOf, line, streamed, textual, type AnswerLine, type OperationLine } from './line.js';
import { ofBackup, ofBody, ofDecision, ofSealing, ofSeals, ofSignIn } from './problem-sets.js';

const health = (name: OperationId): OperationLine =>
  line('Health', {
    200: json(name, 'The store answers, and the views follow it.'),
    503: {
      description: 'It cannot answer now; `details` says what is down.',
      headers: [],
      content: { 'application/problem+json': healthAnswer },
    },
  });

/** Browsers follow it. */
const redirect = (description: string): AnswerLine => ({
  description,
  headers: ['Location', 'Set-Cookie', 'Cache-Control'],
  content: {},
});

const plain = (description: string): AnswerLine => ({
  description,
  headers: [],
  content: { 'text/plain': textual('Lines of text in UTF-8.') },
});

const decision = (name: OperationId): OperationLine =>
  line('Projections', { 200: json(name, 'What became of the dead letter.') }, ofDecision);

export const operatingLines = {
  verify: line(
    'Log',
    {
      200: {
        description: 'What was found, whether all is well or not.',
        headers: ['Vary', 'Cache-Control'],
        content: {
          ...jsonOf('verify'),
          'application/x-ndjson': streamed(verificationLine, 'Lines of progress, then one with the result.'),
        },
      },
    },
    [storeUnavailableProblem],
  ),
  backup: line('Log', { 201: json('backup', 'Where it is, how large, and how far it reaches.') }, ofBackup),
  seals: line('Seals', { 200: json('seals', 'Seals, the newest first.') }, ofSeals),
  'latest-seal': line('Seals', { 200: plain('The signed note.') }, [...ofSeals, unknownProblem]),
  'seal-key': line('Seals', { 200: plain('Verifier keys, the one that signs first.') }, ofSeals),
  'seal-keys': line('Seals', { 200: json('seal-keys', 'All verifier keys, the oldest first.') }, ofSeals),
  'rotate-seal-key': line('Seals', { 200: json('rotate-seal-key', 'The new key, and the note.') }, ofSealing),
  'renew-seals': line('Seals', { 200: json('renew-seals', 'The new name and key.') }, ofSealing),
  'seal-proof': line('Seals', { 200: json('seal-proof', 'The proof, as hashes from the leaf up.') }, [
    ...ofSeals,
    unknownProblem,
    busyProblem,
    storeUnavailableProblem,
  ]),
  'sealed-log': line(
    'Seals',
    {
      200: {
        description: 'All events in the order of the log.',
        headers: ['Cache-Control', 'Content-Disposition'],
        content: { 'application/x-ndjson': streamed(logLine, 'One event a line.') },
      },
    },
    [busyProblem, storeUnavailableProblem],
  ),
  projections: line('Projections', { 200: json('projections', 'Every projection.') }),
  projection: line('Projections', { 200: json('projection', 'The projection.') }, [unknownProblem]),
  rebuild: line('Projections', { 202: json('rebuild', 'It has begun; `rebuild` says how far it is.') }, [
    ...ofBody,
    unknownProblem,
    rebuildUnderWayProblem,
  ]),
  'abort-rebuild': line(
    'Projections',
    { 200: json('abort-rebuild', 'It has ended: aborted, or done where it was faster.') },
    [...ofBody, unknownProblem, noRebuildUnderWayProblem],
  ),
  'dead-letters': line('Projections', { 200: json('dead-letters', 'Every dead letter.') }),
  'retry-dead-letter': decision('retry-dead-letter'),
  'discard-dead-letter': decision('discard-dead-letter'),
  'access-log': line('Access', { 200: json('access-log', 'The newest entries.', ['Cache-Control']) }, [
    ...ofBody,
  ]),
  'sign-in': line('Access', { 302: redirect('To the identity provider.') }, ofSignIn),
  'sign-in-callback': line(
    'Access',
    { 302: redirect('To the page that was asked for, signed in.') },
    ofSignIn,
  ),
  'sign-out': line(
    'Access',
    {
      204: { description: 'The session is over.', headers: ['Set-Cookie'], content: {} },
    },
    [...ofBody, noSignInProblem],
  ),
  session: line('Access', { 200: json('session', 'Who asks.', ['Cache-Control']) }),
  health: health('health'),
  healthReadiness: health('healthReadiness'),
  healthLiveness: line('Health', { 200: json('healthLiveness', 'The process answers.') }),
  metrics: line('Health', {
    200: {
      description: 'One line per value.',
      headers: ['Cache-Control'],
      content: { 'text/plain': textual('The text format of Prometheus.') },
    },
  }),
} as const satisfies Readonly<Record<string, OperationLine>>;
