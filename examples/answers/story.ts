/** One story in which every operation answers: an incident from the registration of the pair to its end. */
import { exportFile } from '../generator/export-file/export-file.js';
import { defaultsOf, propertyTables } from '../../policy/object-properties/tables.js';
import { uuidOf } from '../../src/runtime/identifiers.js';
import { memberAt, textIn, type AnswerRecorder } from './answer-recorder.js';

export const poolA = 'pool-a.contoso.com';
const poolB = 'pool-b.contoso.com';
const a = { fqdn: poolA };

const commands = async (recorder: AnswerRecorder, ...names: readonly string[]): Promise<void> => {
  for (const operation of names) await recorder.ask({ operation });
};

const wouldHaveBeen = {
  from: '2026-01-01T00:00:00Z',
  alternatives: [{ name: 'As it was', edits: [] }],
};

export async function recordIncident(recorder: AnswerRecorder): Promise<void> {
  await commands(
    recorder,
    'register-pair',
    'unregister-pair',
    'register-pair',
    'set-version',
    'set-replication',
    'report-replication',
    'choose-reading',
    'register-agent',
    'create-object',
    'modify-object',
  );
  await recorder.ask({
    operation: 'create-object',
    body: {
      pool: poolA,
      kind: 'workflow',
      id: 'help-desk',
      name: 'Help Desk',
      properties: { primaryUri: 'sip:helpdesk@contoso.com' },
      tool: 'controlPanel',
    },
  });
  const exportId = textIn(await recorder.ask({ operation: 'record-export' }), 'exportId');
  await recorder.ask({
    operation: 'import-response-groups',
    body: { destination: poolB, exportId },
  });
  await commands(recorder, 'sign-in-agent', 'sign-out-agent', 'report-call-arrived', 'report-call-connected');
  await recorder.ask({
    operation: 'report-call-arrived',
    body: { callId: 'call-2', pool: poolA, responseGroup: 'help-desk' },
  });
  await commands(recorder, 'report-call-ended', 'place-call-on-behalf', 'declare-outage', 'end-outage');
  await commands(recorder, 'declare-site-outage', 'report-back-end-database', 'initiate-failover');
  await recordViews(recorder);
  await commands(
    recorder,
    'fail-failover',
    'initiate-failover',
    'complete-failover',
    'failback',
    'fail-failback',
  );
  await commands(recorder, 'failback', 'complete-failback');
  await commands(recorder, 'set-targets', 'annotate-incident', 'tick-step');
  await recorder.ask({ operation: 'incidents' });
  await recorder.ask({ operation: 'pool-incidents', path: a });
  const pool = await recorder.ask({ operation: 'pool', path: a });
  const id = { id: textIn(pool, 'incident') };
  await recorder.ask({ operation: 'incident', path: id });
  await recorder.ask({ operation: 'timeline', path: id });
  await recorder.ask({ operation: 'report', path: id });
  for (const format of ['markdown', 'html'])
    await recorder.ask({ operation: 'report', path: id, query: { format } });
  await recorder.ask({ operation: 'what-if', path: a, body: wouldHaveBeen });
  await recorder.ask({
    operation: 'what-if',
    path: a,
    headers: { accept: 'application/x-ndjson' },
    body: wouldHaveBeen,
  });
  await commands(recorder, 'close-incident');
  await recordCorrections(recorder);
  await recordMove(recorder);
  await recordReplacement(recorder);
  await commands(recorder, 'report-service', 'report-service-stopped');
  await recorder.ask({
    operation: 'list-agents',
    query: { complete: 'true' },
    headers: { 'content-type': 'text/csv' },
    body: [
      'SipAddress,RegistrarPool,Enabled,EnterpriseVoiceEnabled',
      `sip:pat@contoso.com,${poolA},True,True`,
      `sip:lee@contoso.com,${poolA},True,False`,
      'sip:sam@contoso.com,pool-z.contoso.com,True,True',
    ].join('\n'),
  });
}

async function recordMove(recorder: AnswerRecorder): Promise<void> {
  const agent = 'sip:lee@contoso.com';
  await recorder.ask({ operation: 'register-agent', body: { agent, homePool: poolA } });
  await recorder.ask({ operation: 'move-agent', body: { agent, homePool: poolB } });
}

/** Of another pair, whose pool never comes back. */
async function recordReplacement(recorder: AnswerRecorder): Promise<void> {
  const [lost, built] = ['pool-lost.contoso.com', 'pool-built.contoso.com'];
  const pools = [{ fqdn: lost }, { fqdn: 'pool-standby.contoso.com' }];
  await recorder.ask({ operation: 'register-pair', body: { pools } });
  for (const operation of ['initiate-failover', 'complete-failover'])
    await recorder.ask({ operation, body: { pool: lost } });
  const route = { pool: lost, route: 'replacement', replacement: built };
  await recorder.ask({ operation: 'choose-route', body: route });
  await recorder.ask({ operation: 'replace-pool', body: { failed: lost, replacement: built } });
  await recorder.ask({ operation: 'complete-replacement', body: { pool: built } });
}

/** What was removed was removed earlier than was reported, and then not at all. */
async function recordCorrections(recorder: AnswerRecorder): Promise<void> {
  const removed = await recorder.ask({ operation: 'remove-object' });
  const eventId = String(memberAt(removed, 'events', '0', 'id'));
  const reported = String(memberAt(removed, 'events', '0', 'metadata', 'occurredAt'));
  const occurredAt = new Date(Date.parse(reported) - 20_000).toISOString();
  const reason = 'The clock of the reporter was late';
  await recorder.ask({ operation: 'correct-time', body: { eventId, occurredAt, reason } });
  await recorder.ask({ operation: 'retract', body: { eventId, reason: 'It is still needed' } });
}

async function recordViews(recorder: AnswerRecorder): Promise<void> {
  for (const operation of [
    'visibility',
    'editability',
    'call-status',
    'calls',
    'readiness',
    'runbook',
    'configuration',
    'replay',
  ]) {
    await recorder.ask({ operation, path: a });
  }
  await recorder.ask({ operation: 'why', path: a, query: { object: 'Help Desk', tool: 'controlPanel' } });
  await recorder.ask({ operation: 'pool-statements', path: a });
  await recorder.ask({ operation: 'search', query: { q: 'help' } });
  await recorder.ask({ operation: 'fleet-readiness' });
  await recorder.ask({ operation: 'pools' });
  await recorder.ask({ operation: 'pool', path: a });
  await recorder.ask({ operation: 'runbook', path: a, query: { format: 'markdown' } });
  for (const format of ['csv', 'html'])
    await recorder.ask({ operation: 'configuration', path: a, query: { format } });
  const trail = await recorder.ask({ operation: 'audit-trail', path: a, query: { limit: '2' } });
  const id = String(memberAt(trail, 'entries', '0', 'id'));
  await recorder.ask({ operation: 'event', path: { id }, query: { position: '2' } });
  for (const format of ['ndjson', 'csv']) {
    await recorder.ask({ operation: 'audit-trail', path: a, query: { format } });
  }
  await recorder.ask({ operation: 'diff', path: a, query: { from: '12' } });
  await recorder.ask({ operation: 'compare-readings', path: a });
  await recorder.ask({ operation: 'call', path: { id: 'call-2' } });
  await recorder.ask({ operation: 'agent-console', path: { sip: 'sip:kim@contoso.com' } });
}

/** A file that holds one agent group more than is on record. */
export async function recordExports(recorder: AnswerRecorder): Promise<void> {
  const zip = exportFile({
    pool: poolA,
    objects: [
      {
        kind: 'agent-group',
        id: uuidOf('second line'),
        name: 'Second line',
        owner: null,
        properties: { ...defaultsOf(propertyTables['agent-group']), agentsByUri: ['sip:kim@contoso.com'] },
      },
    ],
    applicationSettings: null,
    wall: '2026-11-24T02:57:00',
  });
  const file = { fqdn: poolA, fileName: 'pool-a-2026-11-24-evening.zip' };
  const headers = { 'content-type': 'application/zip' };
  const added = await recorder.ask({ operation: 'add-export', path: file, headers, body: zip });
  await recorder.ask({ operation: 'exports', path: a });
  await recorder.ask({ operation: 'compare-exports', path: a, query: { from: 'latest', to: 'partner' } });
  await recorder.ask({ operation: 'export', path: { ...a, id: textIn(added, 'exportId') } });
  await recorder.ask({ operation: 'add-export', path: file, headers, body: Buffer.from('no zip') });
}

export async function recordOperation(recorder: AnswerRecorder): Promise<void> {
  const [left, right] = ['pool-left.contoso.com', 'pool-right.contoso.com'];
  await recorder.ask({ operation: 'register-pair', body: { pools: [{ fqdn: left }, { fqdn: right }] } });
  await recorder.ask({ operation: 'unpair', body: { pool: left, reason: 'The other site closes' } });
  await recorder.ask({ operation: 'retire-pool', body: { pool: right } });
  for (const operation of [
    'experience',
    'statements',
    'readings',
    'reasons',
    'verify',
    'projections',
    'session',
    'access-log',
    'health',
  ]) {
    await recorder.ask({ operation });
  }
  keepProgress(recorder);
  await commands(recorder, 'healthReadiness', 'healthLiveness');
  const metrics = (await recorder.textAt('/metrics')).split('\n');
  const openCalls = metrics.filter((line) => line.includes('poolkeeper_open_calls'));
  recorder.keepText('metrics', 'text/plain', openCalls.join('\n'));
  const name = { name: 'call-status' };
  await recorder.ask({ operation: 'projection', path: name });
  await Promise.all([
    recorder.ask({ operation: 'rebuild', path: name }),
    recorder.ask({ operation: 'rebuild', path: name }),
  ]);
  await recorder.ask({ operation: 'abort-rebuild', path: name });
  await recorder.ask({ operation: 'abort-rebuild', path: name });
  await Promise.all([recorder.ask({ operation: 'backup' }), recorder.ask({ operation: 'backup' })]);
}

/** How far a verification was depends on the machine: the example has it half-way. */
function keepProgress(recorder: AnswerRecorder): void {
  const result = memberAt(recorder.kept.answers, 'verify', 'application/json');
  const of = String(memberAt(result, 'views', 'position'));
  const events = Math.floor(Number(of) / 2);
  const progress = { part: 'log', events, position: String(events), of };
  const lines = [{ progress }, result].map((line) => JSON.stringify(line));
  recorder.keepText('verify', 'application/x-ndjson', lines.join('\n'));
}
