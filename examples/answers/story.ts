/** One story in which every operation answers: an incident from the registration of the pair to its end. */
import { exportFile } from '../generator/export-file/export-file.js';
import { defaultsOf, propertyTables } from '../../policy/object-properties/tables.js';
import { uuidOf } from '../../src/runtime/identifiers.js';
import type { Teller } from './teller.js';
import { textOf } from '../generator/text-of.js';

export const poolA = 'pool-a.contoso.com';
const poolB = 'pool-b.contoso.com';
const a = { fqdn: poolA };

const commands = async (teller: Teller, ...names: readonly string[]): Promise<void> => {
  for (const operation of names) await teller.ask({ operation });
};

export async function tellIncident(teller: Teller): Promise<void> {
  await commands(
    teller,
    'register-pair',
    'choose-reading',
    'register-agent',
    'create-object',
    'modify-object',
  );
  await teller.ask({
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
  const { exportId } = await teller.ask({ operation: 'record-export' });
  await teller.ask({
    operation: 'import-response-groups',
    body: { destination: poolB, exportId: textOf(exportId) },
  });
  await commands(teller, 'sign-in-agent', 'sign-out-agent', 'report-call-arrived', 'report-call-connected');
  await teller.ask({
    operation: 'report-call-arrived',
    body: { callId: 'call-2', pool: poolA, responseGroup: 'help-desk' },
  });
  await commands(teller, 'report-call-ended', 'place-call-on-behalf', 'declare-outage', 'end-outage');
  await commands(teller, 'declare-site-outage', 'report-back-end-database', 'initiate-failover');
  await tellViews(teller);
  await commands(
    teller,
    'fail-failover',
    'initiate-failover',
    'complete-failover',
    'failback',
    'fail-failback',
  );
  await commands(teller, 'failback', 'complete-failback', 'close-incident', 'remove-object');
}

async function tellViews(teller: Teller): Promise<void> {
  for (const operation of [
    'visibility',
    'editability',
    'call-status',
    'calls',
    'readiness',
    'runbook',
    'replay',
  ]) {
    await teller.ask({ operation, path: a });
  }
  await teller.ask({ operation: 'pools' });
  await teller.ask({ operation: 'pool', path: a });
  await teller.ask({ operation: 'runbook', path: a, query: { format: 'markdown' } });
  await teller.ask({ operation: 'audit-trail', path: a, query: { limit: '2' } });
  for (const format of ['ndjson', 'csv']) {
    await teller.ask({ operation: 'audit-trail', path: a, query: { format } });
  }
  await teller.ask({ operation: 'diff', path: a, query: { from: '12' } });
  await teller.ask({ operation: 'call', path: { id: 'call-2' } });
  await teller.ask({ operation: 'agent-console', path: { sip: 'sip:kim@contoso.com' } });
}

/** A file that holds one agent group more than is on record. */
export async function tellExports(teller: Teller): Promise<void> {
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
  });
  const file = { fqdn: poolA, fileName: 'pool-a-2026-11-24-evening.zip' };
  const headers = { 'content-type': 'application/zip' };
  const { exportId } = await teller.ask({ operation: 'add-export', path: file, headers, body: zip });
  await teller.ask({ operation: 'exports', path: a });
  await teller.ask({ operation: 'export', path: { ...a, id: textOf(exportId) } });
  await teller.ask({ operation: 'add-export', path: file, headers, body: Buffer.from('no zip') });
}

export async function tellOperation(teller: Teller): Promise<void> {
  for (const operation of ['experience', 'statements', 'readings', 'verify', 'projections', 'health']) {
    await teller.ask({ operation });
  }
  await commands(teller, 'healthReadiness', 'healthLiveness');
  const metrics = (await teller.textAt('/metrics')).split('\n');
  const openCalls = metrics.filter((line) => line.includes('poolkeeper_open_calls'));
  teller.keepText('metrics', 'text/plain', openCalls.join('\n'));
  const name = { name: 'call-status' };
  await teller.ask({ operation: 'projection', path: name });
  await Promise.all([
    teller.ask({ operation: 'rebuild', path: name }),
    teller.ask({ operation: 'rebuild', path: name }),
  ]);
  await teller.ask({ operation: 'abort-rebuild', path: name });
  await teller.ask({ operation: 'abort-rebuild', path: name });
  await Promise.all([teller.ask({ operation: 'backup' }), teller.ask({ operation: 'backup' })]);
}
