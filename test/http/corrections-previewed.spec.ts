/** Whatever is on record can be asked about before it is corrected, of whichever pair it is, and of none. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { ask, callArrives, callConnects, declareOutage, moveAgent, signIn } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { preview } from './support/preview.js';
import { Service } from './support/service.js';

let service: Service;
let pair: Pair;
let other: Pair;
beforeAll(async () => {
  service = await Service.start();
  other = await Pair.registered(service);
  pair = await Pair.withImport(service);
  const list = [
    'SipAddress,RegistrarPool,Enabled',
    `${pair.agentOfPrimary},${pair.primary},False`,
    `${other.agentOfBackup},${other.primary},True`,
  ];
  await service.send({
    method: 'PUT',
    url: '/v1/agents',
    headers: { 'content-type': 'text/csv' },
    payload: list.join('\r\n'),
  });
  await service.given(
    signIn(pair.agentOfPrimary, pair.primary, pair.ownGroup),
    moveAgent(pair.agentOfBackup, other.primary),
    callArrives('talks', pair.primary, pair.regular),
    callConnects('talks', pair.agentOfPrimary),
    ask('report-service', { pool: pair.backup, service: 'file-share', state: 'stopped' }),
    ask('set-version', { pool: pair.primary, version: '2019' }),
    declareOutage(pair.primary),
    ask('annotate-incident', { pool: pair.primary, text: 'The storage again' }),
  );
  await service.caughtUp();
});
afterAll(() => service.stop());

const trailOf = async (pool: string): Promise<readonly JsonObject[]> =>
  entries((await service.shown(`/v1/pools/${pool}/audit-trail?limit=1000`))['entries']).filter(
    ({ derived }) => derived === false,
  );

describe('What a correction would change', () => {
  it('is told of every event, whoever it is about', async () => {
    const events = [...(await trailOf(pair.primary)), ...(await trailOf(other.primary))];
    const types = new Set(events.map(({ type }) => type));
    for (const type of ['AgentListed', 'AgentMoved', 'AgentSignedIn', 'ServiceReported', 'CallConnected'])
      expect(types).toContain(type);
    const reason = 'A slip';
    for (const { id, type } of events) {
      const eventId = textOf(id);
      for (const command of [
        ask('retract', { eventId, reason }),
        ask('correct-time', { eventId, occurredAt: '2026-11-24T02:00:00Z', reason }),
      ]) {
        const { status, body } = await preview(service, command);
        expect({ type, of: command.name, status, body: status === 200 ? null : body }).toEqual({
          type,
          of: command.name,
          status: 200,
          body: null,
        });
      }
    }
  });
});
