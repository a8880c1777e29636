import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const pathOf = ({ primary }: Pair): string => `/v1/pools/${primary}/configuration`;

describe('The configuration of a pool', () => {
  it('is JSON, CSV or one page, as is asked for, each with an entity tag of its own', async () => {
    const pair = await Pair.registered(service);
    const answers = await Promise.all([
      service.get(pathOf(pair)),
      service.get(`${pathOf(pair)}?format=csv`),
      service.get(pathOf(pair), { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }),
    ]);
    expect(answers.map(({ status, headers }) => [status, String(headers['content-type'])])).toEqual([
      [200, 'application/json; charset=utf-8'],
      [200, 'text/csv; charset=utf-8'],
      [200, 'text/html; charset=utf-8'],
    ]);
    const tags = answers.map(({ headers }) => String(headers['etag']));
    expect(new Set(tags).size).toBe(3);
    const again = await service.get(`${pathOf(pair)}?format=csv`, { 'if-none-match': tags[1] ?? '' });
    expect(again.status).toBe(304);
  });

  it('allows its page the one style that it has, and nothing else', async () => {
    const pair = await Pair.registered(service);
    const { text, headers } = await service.get(`${pathOf(pair)}?format=html`);
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(String(headers['content-security-policy'])).toBe(
      `default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';style-src 'sha256-${hash}'`,
    );
  });

  it('of a moment before the pair was registered is empty in every form', async () => {
    const first = await Pair.registered(service);
    const { position } = await service.shown(`/v1/pools/${first.primary}`);
    const before = `asOf=${position as string}`;
    const pair = await Pair.registered(service);
    expect(await service.shown(`${pathOf(pair)}?${before}`)).toMatchObject({ stage: null, objects: [] });
    const page = await service.get(`${pathOf(pair)}?${before}&format=html`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('was not registered')]);
    expect((await service.get(`${pathOf(pair)}?${before}&format=csv`)).text.split('\r\n')).toHaveLength(2);
  });

  it('refuses another form, and names those that there are', async () => {
    const pair = await Pair.registered(service);
    const refused = await service.get(`${pathOf(pair)}?format=pdf`);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('json, csv, html')]);
  });
});
