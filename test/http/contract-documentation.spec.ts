import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, importGroups } from './support/commands.js';
import { described, describedCommands } from './support/openapi.js';
import { entries } from './support/pair.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const commands = [
  'register-pair',
  'set-version',
  'set-replication',
  'report-replication',
  'choose-reading',
  'register-agent',
  'create-object',
  'modify-object',
  'remove-object',
  'record-export',
  'import-response-groups',
  'declare-outage',
  'declare-site-outage',
  'report-back-end-database',
  'report-service',
  'report-service-stopped',
  'end-outage',
  'close-incident',
  'initiate-failover',
  'complete-failover',
  'fail-failover',
  'failback',
  'complete-failback',
  'fail-failback',
  'set-targets',
  'annotate-incident',
  'tick-step',
  'move-agent',
  'sign-in-agent',
  'unregister-pair',
  'unpair',
  'retire-pool',
  'sign-out-agent',
  'report-call-arrived',
  'report-call-connected',
  'report-call-ended',
  'place-call-on-behalf',
  'retract',
  'correct-time',
  'choose-route',
  'replace-pool',
  'complete-replacement',
];

describe('The documentation of the service', () => {
  it('has every command, with an example', async () => {
    expect((await describedCommands(service)).map(({ name }) => name).sort()).toEqual([...commands].sort());
  });

  it('has every view', async () => {
    const { paths } = await described(service);
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/health',
        '/health/live',
        '/health/ready',
        '/v1/agents/{sip}/console',
        '/v1/calls/{id}',
        '/v1/dead-letters',
        '/v1/dead-letters/{id}/discard',
        '/v1/dead-letters/{id}/retry',
        '/v1/experience',
        '/v1/incidents',
        '/v1/incidents/{id}',
        '/v1/pools',
        '/v1/pools/{fqdn}',
        '/v1/pools/{fqdn}/audit-trail',
        '/v1/pools/{fqdn}/call-status',
        '/v1/pools/{fqdn}/calls',
        '/v1/pools/{fqdn}/diff',
        '/v1/pools/{fqdn}/editability',
        '/v1/pools/{fqdn}/exports',
        '/v1/pools/{fqdn}/exports/{fileName}',
        '/v1/pools/{fqdn}/exports/{id}',
        '/v1/pools/{fqdn}/incidents',
        '/v1/pools/{fqdn}/live',
        '/v1/pools/{fqdn}/replay',
        '/v1/pools/{fqdn}/readiness',
        '/v1/pools/{fqdn}/runbook',
        '/v1/pools/{fqdn}/visibility',
        '/v1/projections',
        '/v1/projections/{name}',
        '/v1/projections/{name}/rebuild',
        '/v1/readings',
      ]),
    );
  });

  it('is there to read', async () => {
    const answer = await service.get('/docs');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch('text/html');
  });

  it('gives examples that tell one story: each is accepted as it stands once those before it are', async () => {
    const examples = new Map(
      (await describedCommands(service)).map(({ name, example }) => [name, example] as const),
    );
    const send = async (name: string, changes: object = {}) => {
      const answer = await service.when(ask(name, { ...examples.get(name), ...changes }));
      expect({ name, status: answer.status, body: answer.body }).toMatchObject({ name, status: 200 });
      return answer;
    };
    await send('register-pair');
    await send('unregister-pair');
    await send('register-pair');
    const [left, right] = ['pool-left.contoso.com', 'pool-right.contoso.com'];
    await send('register-pair', { pools: [{ fqdn: left }, { fqdn: right }] });
    await send('unpair', { pool: left });
    await send('retire-pool', { pool: left });
    await send('choose-reading');
    await send('register-agent');
    await send('create-object');
    await send('modify-object');
    await service.given(
      ask('create-object', {
        pool: 'pool-a.contoso.com',
        kind: 'workflow',
        id: 'help-desk',
        name: 'Help Desk',
        properties: { primaryUri: 'sip:helpdesk@contoso.com' },
        tool: 'controlPanel',
      }),
    );
    const { body } = await send('record-export');
    await service.given(importGroups('pool-b.contoso.com', textOf(body['exportId'])));
    await send('sign-in-agent');
    await send('sign-out-agent');
    await send('report-call-arrived');
    await send('report-call-connected');
    await send('report-call-ended');
    await send('place-call-on-behalf');
    await send('declare-outage');
    await send('end-outage');
    await send('declare-site-outage');
    await send('report-back-end-database');
    await send('initiate-failover');
    await send('fail-failover');
    await send('initiate-failover');
    await send('complete-failover');
    await send('failback');
    await send('fail-failback');
    await send('failback');
    await send('complete-failback');
    await send('set-targets');
    await send('annotate-incident');
    await send('tick-step');
    await send('close-incident');
    const removed = await send('remove-object');
    const [event] = entries(removed.body['events']);
    const { occurredAt } = (event?.['metadata'] ?? {}) as { readonly occurredAt?: string };
    await send('correct-time', { eventId: event?.['id'], occurredAt });
    await send('retract', { eventId: event?.['id'] });
    const unheardOf = await service.when(
      ask('import-response-groups', { ...examples.get('import-response-groups') }),
    );
    expect(unheardOf).toMatchObject({ status: 404, body: { errors: [{ pointer: '/exportId' }] } });
  });
});
