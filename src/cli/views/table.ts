/** Every view as a verb: its path, what it can be asked with, and how people read its answer. */
import { momentHelp, readMoment } from '../times/flags.js';
import { agentConsoleText } from './agent-console.js';
import { auditTrailText } from './audit-trail.js';
import { callStatusText } from './call-status.js';
import { callText, callsText } from './calls.js';
import { showConfiguration } from './configuration.js';
import { diffText } from './diff.js';
import {
  callFilters,
  consoleFilters,
  copyFilters,
  exportFilters,
  moment,
  trailFilters,
  trailShorthands,
} from './filters.js';
import { healthText } from './health.js';
import { editabilityText, visibilityText } from './copies.js';
import { exportsText } from '../exports/list.js';
import { experienceText, readingsText, reasonsText, statementsText } from './policy.js';
import { poolText, poolsText } from './pools.js';
import { projectionsText } from '../projections/words.js';
import { readinessCode, readinessText } from './readiness.js';
import { runbookText } from './runbook.js';
import { accessLogText, sessionText } from './session.js';
import { soundness, verificationText } from './verification.js';
import { askingVerbs } from './asking.js';
import { fixed, fqdn, inWords, ofPool, type Show, type ViewVerb } from './verb.js';
import { orWhyEmpty } from './why-empty.js';

const showRunbook: Show = async (answer, session, query) => {
  if (query['format'] === 'markdown') session.showText(answer, answer.text.trimEnd());
  else await inWords('runbook', runbookText)(answer, session, query);
};

export const viewVerbs: readonly ViewVerb[] = [
  {
    name: 'pools',
    summary: 'every pool with its stage',
    path: () => '/v1/pools',
    filters: moment,
    show: inWords('pools', poolsText),
  },
  {
    name: 'pool',
    summary: 'one pool: stage, since when, incident, back-end database',
    argument: fqdn,
    path: (pool) => `/v1/pools/${encodeURIComponent(pool)}`,
    filters: moment,
    show: inWords('pool', poolText),
  },
  ofPool('visibility', 'who sees which copy of an object, and with what', visibilityText, copyFilters),
  ofPool('editability', 'which copy may be changed, and with what', editabilityText, copyFilters),
  {
    ...ofPool(
      'exports',
      'the exports of the pool, and what each held and changed',
      exportsText,
      exportFilters,
    ),
    show: orWhyEmpty('exports', inWords('exports', exportsText), ({ exports }) => exports.length === 0),
  },
  ofPool('call-status', 'the rows of the matrix in force, with the calls in each class', callStatusText),
  {
    ...ofPool(
      'calls',
      "calls of the pool's response groups, in the order of arrival",
      callsText,
      callFilters,
    ),
    pagesOf: 'calls',
  },
  {
    name: 'call',
    summary: 'one call: how it stands, why, and its history',
    argument: { name: 'id', description: 'the id of the call' },
    path: (id) => `/v1/calls/${encodeURIComponent(id)}`,
    filters: moment,
    show: inWords('call', callText),
  },
  {
    name: 'agent-console',
    summary: "what an agent's console shows, and where they can sign in",
    argument: { name: 'sip', description: 'the agent, such as sip:kim@contoso.com' },
    path: (sip) => `/v1/agents/${encodeURIComponent(sip)}/console`,
    filters: consoleFilters,
    show: inWords('agent-console', agentConsoleText),
  },
  {
    ...ofPool(
      'audit-trail',
      'everything that happened to the pool and its partner',
      auditTrailText,
      trailFilters,
    ),
    show: orWhyEmpty(
      'audit-trail',
      inWords('audit-trail', auditTrailText),
      ({ entries }) => entries.length === 0,
    ),
    shorthands: trailShorthands,
    pagesOf: 'entries',
    isStream: ({ format }) => format === 'ndjson' || format === 'csv',
  },
  ofPool('diff', 'what changed between two moments, and which events did it', diffText, [
    { name: 'from', description: `the moment after which: ${momentHelp}`, read: readMoment },
    { name: 'to', description: 'the moment up to which; now where absent', read: readMoment },
    { name: 'order', description: 'recorded, or happened: by which both moments go; recorded where absent' },
    { name: 'minPosition', description: 'wait until the views have reached this position' },
  ]),
  {
    ...ofPool(
      'readiness',
      'what would be lost or go wrong if the pool failed, or what is to come home',
      readinessText,
    ),
    show: inWords('readiness', readinessText, readinessCode),
  },
  {
    ...ofPool('runbook', 'the next steps, with the exact PowerShell of each', runbookText, [
      ...moment,
      { name: 'format', description: 'json or markdown' },
    ]),
    show: showRunbook,
    shorthands: [
      { flag: 'markdown', description: 'as Markdown, to paste', filter: 'format', value: 'markdown' },
    ],
  },
  {
    name: 'configuration',
    summary: 'the response groups on record: numbers, queues, groups, agents, hours',
    argument: fqdn,
    path: (pool) => `/v1/pools/${encodeURIComponent(pool)}/configuration`,
    filters: [...moment, { name: 'format', description: 'json, csv or html' }],
    show: showConfiguration,
    shorthands: [
      { flag: 'html', description: 'as one page to read and print', filter: 'format', value: 'html' },
      { flag: 'csv', description: 'as a table for a spreadsheet', filter: 'format', value: 'csv' },
    ],
  },
  ...askingVerbs,
  fixed('experience', 'the whole experience matrix', experienceText),
  fixed('statements', 'the 64 statements behind it', statementsText),
  fixed('readings', 'how the document is read where it can be read two ways', readingsText),
  fixed('reasons', 'everything that `because` can hold, with its sentence', reasonsText),
  fixed('projections', 'what the views are folded by, and how each stands', projectionsText),
  {
    name: 'access-log',
    summary: 'refused requests, sign-ins and changes of keys, the newest first',
    path: () => '/v1/access-log',
    filters: [{ name: 'limit', description: 'entries, 1 to 1000' }],
    show: inWords('access-log', accessLogText),
  },
  fixed('session', 'who the service takes you for, and what you may do', sessionText),
  {
    name: 'health',
    summary: 'whether the store answers and the views follow it',
    path: () => '/health',
    filters: [],
    show: inWords('health', healthText),
  },
  {
    name: 'verify',
    summary: 'check the hash chain of every stream, and that the views are what the log makes of them',
    path: () => '/v1/verification',
    filters: [],
    show: inWords('verify', verificationText, soundness),
  },
];
