/** Every operation by its id: its group, and all that it can answer. An operation without a line here is an error. */
import type { OperationId } from '../../contract/answers.js';
import { auditEntry } from '../../contract/audit-trail.js';
import { healthAnswer } from '../../contract/health.js';
import { liveChange, liveState } from '../../contract/live.js';
import { verificationLine } from '../../contract/log.js';
import {
  busyProblem,
  noRebuildUnderWayProblem,
  noSignInProblem,
  rebuildUnderWayProblem,
  storeUnavailableProblem,
  unknownProblem,
} from '../../contract/problems.js';
import { replayStep } from '../../contract/replay.js';
import { union } from '../../contract/schema.js';
import { logLine } from '../../contract/seals.js';
import { commandLines } from './command-lines.js';
import {
  json,
  jsonOf,
  line,
  notModified,
  streamed,
  textual,
  type AnswerLine,
  type OperationLine,
} from './line.js';
import {
  ofBackup,
  ofBody,
  ofSealing,
  ofSignIn,
  ofSeals,
  ofDecision,
  ofFile,
  ofLive,
  ofView,
  ofViewOfOne,
} from './problem-sets.js';
import { orPreview } from './previews.js';
import type { Tag } from './tags.js';

/** A view whose entity tag says whether it has changed. */
const view = (name: OperationId, description: string, tag: Tag = 'Views of a pool'): OperationLine =>
  line(tag, { 200: json(name, description, ['ETag']), 304: notModified }, ofViewOfOne, ['If-None-Match']);

const fixed = (name: OperationId, description: string): OperationLine =>
  line('Policy', { 200: json(name, description) });

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

export const operations: Readonly<Record<string, OperationLine>> = {
  ...commandLines,
  pools: line(
    'Views of a pool',
    { 200: json('pools', 'Every pool with its stage.', ['ETag']), 304: notModified },
    ofView,
    ['If-None-Match'],
  ),
  pool: view('pool', 'The pool.'),
  visibility: view('visibility', 'Every copy of an object, with who sees it.'),
  editability: view('editability', 'Every copy of an object, with who may change it.'),
  'call-status': view('call-status', 'The rows of the matrix that are in force, and totals.'),
  calls: line(
    'Views of a pool',
    { 200: json('calls', 'A page of calls.', ['ETag', 'Link']), 304: notModified },
    ofViewOfOne,
    ['If-None-Match'],
  ),
  'audit-trail': line(
    'Views of a pool',
    {
      200: {
        description: 'A page of entries as JSON, or all entries that pass the filters as one stream.',
        headers: ['ETag', 'Link', 'Content-Disposition'],
        content: {
          ...jsonOf('audit-trail'),
          'application/x-ndjson': streamed(auditEntry, 'One entry a line.'),
          'text/csv': textual('One entry a row, after a row of titles (RFC 4180).'),
        },
      },
      304: notModified,
    },
    ofViewOfOne,
    ['If-None-Match'],
  ),
  diff: view('diff', 'What changed in between, and the events that did it.'),
  replay: line(
    'Views of a pool',
    {
      200: {
        description: 'One line for every event.',
        headers: ['Cache-Control'],
        content: { 'application/x-ndjson': streamed(replayStep, 'One event a line.') },
      },
    },
    ofViewOfOne,
  ),
  live: line(
    'Views of a pool',
    {
      200: {
        description: 'Server-sent events, without an end.',
        headers: ['Cache-Control'],
        content: {
          'text/event-stream': streamed(union(liveState, liveChange), 'Events `state` and `change`.'),
        },
      },
    },
    ofLive,
  ),
  readiness: view('readiness', 'The findings, the worst first.'),
  runbook: line(
    'Views of a pool',
    {
      200: {
        description: 'As JSON, or as Markdown to paste, as `format` or the Accept header asks.',
        headers: ['ETag', 'Vary'],
        content: { ...jsonOf('runbook'), 'text/markdown': textual('The same to paste.') },
      },
      304: notModified,
    },
    ofViewOfOne,
    ['If-None-Match'],
  ),
  call: view('call', 'The call, and all that happened to it.', 'Calls'),
  'agent-console': view('agent-console', "What the agent's console shows.", 'Agents'),
  experience: fixed('experience', 'All cells, stage by stage.'),
  statements: fixed('statements', 'All statements.'),
  readings: fixed('readings', 'All readings.'),
  reasons: fixed('reasons', 'All statements, inferences and rules.'),
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
  'add-export': line(
    'Exports',
    { 200: orPreview('add-export', 'The events, or none where the same file was added before.') },
    ofFile,
    ['X-Correlation-Id'],
  ),
  exports: view('exports', 'The exports, oldest first.', 'Exports'),
  'compare-exports': view('compare-exports', 'What differs, object by object.', 'Exports'),
  export: view('export', 'The export, with all that it holds.', 'Exports'),
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
};
