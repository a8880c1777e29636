import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { tellStory, type Told, type WayIn } from '../support/exports-story.js';
import { ask } from './support/commands.js';
import { Service, type Answer } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const told = ({ status, body }: Answer): Told => ({ ok: status === 200, body });

const http: WayIn = {
  command: async (name, body: JsonObject) => told(await service.when(ask(name, body))),
  addExport: async (pool, fileName, zip, { owner } = {}) =>
    told(
      await service.send({
        method: 'PUT',
        url: `/v1/pools/${pool}/exports/${fileName}${owner === undefined ? '' : `?owner=${owner}`}`,
        headers: { 'content-type': 'application/zip' },
        payload: zip,
      }),
    ),
  view: async (name, pool) => await service.shown(`/v1/pools/${pool}/${name}`),
  export: async (pool, id) => await service.shown(`/v1/pools/${pool}/exports/${id}`),
};

describe('Over HTTP', () => {
  it('zips go through an outage and back to their owner, with every trap on the way', async () => {
    await tellStory(http);
  });
});
