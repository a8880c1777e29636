import { exportFile } from '../../examples/generator/export-file/export-file.js';
import type { JsonObject } from '../../events/envelope.js';
import {
  ask,
  callArrives,
  callConnects,
  callEnds,
  createAgentGroup,
  importGroups,
  modifyObject,
  registerAgent,
  reportDatabase,
  signIn,
  signOut,
} from '../http/support/commands.js';
import { until } from '../store/support/checks.js';
import { text } from '../support/text.js';
import type { Service } from '../http/support/service.js';

const [a, b, kim] = ['pool-a.contoso.com', 'pool-b.contoso.com', 'sip:kim@contoso.com'];

/** An incident during which every type of event is recorded. */
export async function everyEvent(service: Service): Promise<void> {
  const of = (name: string, more: JsonObject = {}) => ask(name, { pool: a, ...more });
  await service.given(
    ask('register-pair', { pools: [{ fqdn: a, site: 'Berlin' }, { fqdn: b }] }),
    ask('register-pair', { pools: [{ fqdn: 'pool-c.contoso.com' }, { fqdn: 'pool-d.contoso.com' }] }),
    ask('unregister-pair', { pool: 'pool-c.contoso.com', reason: 'Mistyped' }),
    ask('register-pair', { pools: [{ fqdn: 'pool-e.contoso.com' }, { fqdn: 'pool-f.contoso.com' }] }),
    ask('unpair', { pool: 'pool-e.contoso.com', reason: 'Moved' }),
    ask('register-pair', { pools: [{ fqdn: 'pool-f.contoso.com' }, { fqdn: 'pool-g.contoso.com' }] }),
    ask('retire-pool', { pool: 'pool-e.contoso.com', reason: 'Decommissioned' }),
    of('set-version', { version: '2015' }),
    of('choose-reading', { reading: 'calls-on-live-backup', choice: 'survive' }),
    registerAgent(kim, a),
    createAgentGroup(a, 'first-line', [kim]),
    modifyObject(a, 'agent-group', 'first-line', { agentAlertTime: 30 }),
    of('create-object', {
      kind: 'workflow',
      id: 'help-desk',
      name: 'Help Desk',
      properties: { primaryUri: 'sip:helpdesk@contoso.com' },
      tool: 'controlPanel',
    }),
    signIn(kim, a, 'first-line'),
    signOut(kim, a, 'first-line'),
    callArrives('call-1', a, 'help-desk'),
    callConnects('call-1', kim),
    callEnds('call-1'),
    ask('move-agent', { agent: kim, homePool: b }),
  );
  await service.send({
    method: 'PUT',
    url: '/v1/agents',
    headers: { 'content-type': 'text/csv' },
    payload: `SipAddress,RegistrarPool,Enabled,EnterpriseVoiceEnabled\n${kim},${b},True,False`,
  });
  // Changes nothing: only the receipts of its key are stored.
  await service.when(callEnds('call-1'), { 'idempotency-key': 'ended' });
  const onBehalf = ask('place-call-on-behalf', {
    agent: kim,
    pool: a,
    responseGroup: 'help-desk',
    callee: 'tel:+493012345',
  });
  await service.when(onBehalf, { 'idempotency-key': 'on-behalf' });
  const exporting = of('record-export', { fileName: 'pool-a.zip' });
  const { body } = await service.when(exporting, { 'idempotency-key': 'export' });
  await service.given(
    importGroups(b, text(body['exportId'])),
    of('declare-outage', { backEndDatabase: 'unavailable', reason: 'Storm' }),
    of('end-outage'),
    reportDatabase(a, 'available'),
    of('report-service', { service: 'RTCRGS', state: 'stopped', reason: 'Patched' }),
    of('initiate-failover'),
    of('fail-failover', { reason: 'Central management store' }),
    of('initiate-failover', { disasterMode: true }),
    of('complete-failover', { reason: 'Done' }),
    of('set-targets', { recoveryTime: 'PT30M', recoveryPoint: '24h' }),
    of('annotate-incident', { text: 'The vendor was called' }),
    of('tick-step', { step: 'central-management' }),
    of('failback'),
    of('fail-failback', { reason: 'Hydration' }),
    of('failback'),
    of('complete-failback'),
    of('close-incident'),
    ask('remove-object', { pool: a, kind: 'agent-group', id: 'first-line', tool: 'managementShell' }),
  );
  await fileOfPartner(service);
  await service.given(
    of('set-version', { version: '2019' }),
    of('set-replication', { enabled: true, update: true, seeded: true, reason: 'Updated' }),
    of('report-replication', { state: 'NonSteadyState', at: '2026-11-24T02:55:00Z' }),
  );
  await service.when(of('failback'));
  await replaced(service);
  await corrected(service);
  await decidedDeadLetter(service);
  await givenUp(service);
}

/** The pool that failed owns nothing, and does not come back. */
async function givenUp(service: Service): Promise<void> {
  await service.given(
    ask('register-pair', { pools: [{ fqdn: 'pool-h.contoso.com' }, { fqdn: 'pool-i.contoso.com' }] }),
    ask('declare-outage', { pool: 'pool-h.contoso.com' }),
    ask('initiate-failover', { pool: 'pool-h.contoso.com' }),
    ask('complete-failover', { pool: 'pool-h.contoso.com' }),
    ask('unpair', { pool: 'pool-i.contoso.com' }),
    ask('close-incident', { pool: 'pool-h.contoso.com', reason: 'Beyond recovery' }),
  );
}

/** A pool that is lost, of another pair. */
async function replaced(service: Service): Promise<void> {
  const [lost, built] = ['pool-lost.contoso.com', 'pool-built.contoso.com'];
  await service.given(
    ask('register-pair', { pools: [{ fqdn: lost, site: 'Bonn' }, { fqdn: 'pool-left.contoso.com' }] }),
    ask('initiate-failover', { pool: lost }),
    ask('complete-failover', { pool: lost }),
    ask('choose-route', { pool: lost, route: 'replacement', replacement: built, reason: 'Burnt down' }),
    ask('replace-pool', { failed: lost, replacement: built, site: 'Bonn', reason: 'Burnt down' }),
    ask('complete-replacement', { pool: built }),
  );
}

/** It shows what no import on record has brought. */
async function fileOfPartner(service: Service): Promise<void> {
  const overflow = {
    kind: 'queue',
    id: '7f3d5d0e-52ab-4c5f-9d57-1f0c8f6f2a11',
    name: 'Overflow',
    owner: a,
    properties: {},
  } as const;
  await service.send({
    method: 'PUT',
    url: `/v1/pools/${b}/exports/partner.zip?now=true`,
    headers: { 'content-type': 'application/zip', 'idempotency-key': 'partner' },
    payload: exportFile({
      pool: b,
      objects: [overflow],
      applicationSettings: null,
    }),
  });
}

/** An agent's sign-out. */
async function corrected({ poolkeeper }: Service): Promise<void> {
  const [, , signedOut] = await poolkeeper.store.readStream(`agent-${kim}`);
  const ofEvent = { eventId: signedOut?.id ?? '', eventType: 'AgentSignedOut', revision: '2', pool: a };
  const metadata = { actor: 'lee@contoso.com', correlationId: 'c', causationId: 'c', commandId: 'c' };
  const times = { occurredAt: '2026-11-24T02:58:00.000Z', before: '2026-11-24T03:00:00.000Z' };
  const ids = ['11111111-2222-8333-8444-666666666666', '11111111-2222-8333-8444-777777777777'] as const;
  const common = { schemaVersion: 1, metadata: { ...metadata, occurredAt: times.before } };
  const reason = 'Taken for somebody else';
  await poolkeeper.store.append(
    `agent-${kim}`,
    [
      { id: ids[0], type: 'EventTimeCorrected', ...common, data: { ...ofEvent, ...times, reason } },
      { id: ids[1], type: 'EventRetracted', ...common, data: { ...ofEvent, reason } },
    ],
    'any',
  );
}

/** An agent's event of an unknown type is retried, then discarded. */
async function decidedDeadLetter({ poolkeeper }: Service): Promise<void> {
  const id = '11111111-2222-8333-8444-555555555555';
  const unheardOf = { id, type: 'AgentPromoted', schemaVersion: 1, data: {}, metadata: {} };
  await poolkeeper.store.append(`agent-${kim}`, [unheardOf], 'any');
  // Every projection that reads the stream has a dead letter for this event.
  const ofConsole = () => poolkeeper.letters.list().find(({ projection }) => projection === 'agent-console');
  await until(() => ofConsole() !== undefined);
  const letter = ofConsole();
  const asking = { actor: 'lee@contoso.com', correlationId: 'c' };
  await poolkeeper.deadLetters.retry(letter?.id ?? '', null, asking);
  await poolkeeper.deadLetters.discard(letter?.id ?? '', 'Titles change nothing', asking);
}
