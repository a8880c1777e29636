/** Every operation by its id: its group, and all that it can answer. An operation without a line here is an error. */
import type { OperationId } from '../../contract/answers.js';
import { auditEntry } from '../../contract/audit-trail.js';
import { fleetChange, fleetState } from '../../contract/fleet.js';
import { liveChange, liveState } from '../../contract/live.js';
import { ambiguousProblem } from '../../contract/problems.js';
import { replayStep } from '../../contract/replay.js';
import { union } from '../../contract/schema.js';
import { whatIfLine } from '../../contract/what-if.js';
import { commandLines } from './command-lines.js';
import { json, jsonOf, line, notModified, streamed, textual, type OperationLine } from './line.js';
import { operatingLines } from './operating.js';
import { ofCommand, ofFile, ofLive, ofView, ofViewOfOne, ofWhatIf } from './problem-sets.js';
import { orPreview } from './previews.js';
import type { Tag } from './tags.js';

/** A view whose entity tag says whether it has changed. */
const view = (name: OperationId, description: string, tag: Tag = 'Views of a pool'): OperationLine =>
  line(tag, { 200: json(name, description, ['ETag']), 304: notModified }, ofViewOfOne, ['If-None-Match']);

const fixed = (name: OperationId, description: string): OperationLine =>
  line('Policy', { 200: json(name, description) });

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
  'compare-readings': view(
    'compare-readings',
    'Each reading, with what would have been answered had another choice been in force.',
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
  'what-if': line(
    'Views of a pool',
    {
      200: {
        description: 'The span as recorded, and each alternative beside it.',
        headers: ['Cache-Control', 'Vary'],
        content: {
          ...jsonOf('what-if'),
          'application/x-ndjson': streamed(whatIfLine, 'Lines of progress, then one with the result.'),
        },
      },
    },
    ofWhatIf,
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
  'fleet-live': line(
    'Views of a pool',
    {
      200: {
        description: 'Server-sent events, without an end.',
        headers: ['Cache-Control'],
        content: {
          'text/event-stream': streamed(union(fleetState, fleetChange), 'Events `state` and `change`.'),
        },
      },
    },
    ofLive,
  ),
  'fleet-readiness': line(
    'Views of a pool',
    { 200: json('fleet-readiness', 'Every pool, the worst first.', ['ETag']), 304: notModified },
    ofView,
    ['If-None-Match'],
  ),
  readiness: view('readiness', 'The findings, the worst first.'),
  'pool-statements': view('pool-statements', 'Those that are in force.'),
  why: line(
    'Views of a pool',
    { 200: json('why', 'The answer, and why it is so.', ['ETag']), 304: notModified },
    [...ofViewOfOne, ambiguousProblem],
    ['If-None-Match'],
  ),
  search: line(
    'Search',
    { 200: json('search', 'What was found, the best first.', ['ETag']), 304: notModified },
    ofView,
    ['If-None-Match'],
  ),
  event: view('event', 'The entry, its cause and its effects.', 'Search'),
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
  incidents: line(
    'Incidents',
    { 200: json('incidents', 'A page of incidents.', ['ETag', 'Link']), 304: notModified },
    ofView,
    ['If-None-Match'],
  ),
  'pool-incidents': line(
    'Incidents',
    { 200: json('pool-incidents', 'A page of incidents.', ['ETag', 'Link']), 304: notModified },
    ofViewOfOne,
    ['If-None-Match'],
  ),
  incident: view('incident', 'The incident.', 'Incidents'),
  timeline: view('timeline', 'Stages, buckets and marks, in the order of their times.', 'Incidents'),
  report: line(
    'Incidents',
    {
      200: {
        description: 'As JSON, Markdown or HTML, as `format` or the Accept header asks.',
        headers: ['ETag', 'Vary'],
        content: {
          ...jsonOf('report'),
          'text/markdown': textual('The same to paste.'),
          'text/html': textual('One page that holds all it needs, to read and to print.'),
        },
      },
      304: notModified,
    },
    ofViewOfOne,
    ['If-None-Match'],
  ),
  configuration: line(
    'Views of a pool',
    {
      200: {
        description: 'As JSON, CSV or HTML, as `format` or the Accept header asks.',
        headers: ['ETag', 'Vary'],
        content: {
          ...jsonOf('configuration'),
          'text/csv': textual(
            'A row for each agent group that a call may reach, after a row of titles (RFC 4180).',
          ),
          'text/html': textual('One page that holds all it needs, to read and to print.'),
        },
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
  ...operatingLines,
  'list-agents': line(
    'Agents',
    { 200: json('list-agents', 'What was recorded of the list, or with preview would be.', ['ETag']) },
    ofCommand,
    ['X-Correlation-Id'],
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
};
