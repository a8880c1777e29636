import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { tellReplacement } from '../support/replacement-story.js';
import type { Told, WayIn } from '../support/replacement-cast.js';
import { ask } from './support/commands.js';
import { Service, type Answer } from './support/service.js';

const clock = () => new Date('2028-11-24T03:00:00Z');
let service: Service;
beforeAll(async () => {
  service = await Service.start({ clock });
});
afterAll(() => service.stop());

const told = ({ status, body }: Answer): Told => ({ ok: status === 200, body });

const byHand: WayIn = {
  command: async (name, body) => told(await service.when(ask(name, body))),
  addExport: null,
  view: async (name, pool, asOf) => {
    const path = `/v1/pools/${pool}${name === 'pool' ? '' : `/${name}`}`;
    return told(await service.get(asOf === undefined ? path : `${path}?asOf=${asOf}`));
  },
  call: async (id) => told(await service.get(`/v1/calls/${id}`)),
  console: async (agent) => told(await service.get(`/v1/agents/${agent}/console`)),
};

const withZips: WayIn = {
  ...byHand,
  addExport: async (pool, { fileName, bytes, owner }) =>
    told(
      await service.send({
        method: 'PUT',
        url: `/v1/pools/${pool}/exports/${fileName}${owner === undefined ? '' : `?owner=${owner}`}`,
        headers: { 'content-type': 'application/zip' },
        payload: bytes,
      }),
    ),
};

describe('Over HTTP a pool takes the place of another to the end', () => {
  it('with zips, with two imports that fail on the way', async () => {
    await tellReplacement(withZips, 'zips');
  });

  it('by hand, with the same', async () => {
    await tellReplacement(byHand, 'typed');
  });
});
