import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declareOutage, modifyObject } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let service: Service;
let pair: Pair;
const url = (query = '') => `/v1/pools/${pair.primary}/audit-trail${query}`;
const ndjson = 'application/x-ndjson';

beforeAll(async () => {
  service = await Service.start();
  pair = await Pair.registered(service);
  await pair.newCall();
  const outage = declareOutage(pair.primary, { reason: '=HYPERLINK("http://contoso.com"), "quoted"' });
  expect(await service.when(outage, { 'x-actor': '=cmd|calc' })).toMatchObject({ status: 200 });
  await service.when(modifyObject(pair.primary, 'workflow', pair.regular, { active: true }, 'controlPanel'));
  for (let number = 0; number < 30; number += 1) await pair.newCall();
});
afterAll(() => service.stop());

/** The rows of a text as RFC 4180 has them, by the names of their columns. */
function rowsOf(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  expect(rows.pop()).toEqual([]);
  const [head = [], ...body] = rows;
  return body.map((cells) => Object.fromEntries(head.map((name, column) => [name, cells[column] ?? ''])));
}

describe('The export of an audit trail', () => {
  const all = async (filter = '') => entries((await service.shown(url(`?limit=1000${filter}`)))['entries']);

  it.each(['', '&refused=true', '&type=CallsCutOff', '&type=CallArrived', '&actor=nobody'])(
    'as NDJSON is the same as the pages, one entry a line (%s)',
    async (filter) => {
      const { status, headers, text } = await service.get(url(`?format=ndjson${filter}`));
      expect(status).toBe(200);
      expect(headers['content-type']).toBe(`${ndjson}; charset=utf-8`);
      const lines = text.split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(await all(filter));
    },
  );

  it('as CSV has a row for every entry under a row of names', async () => {
    const { headers, text } = await service.get(url('?format=csv'));
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe(`attachment; filename="audit-trail-${pair.primary}.csv"`);
    const rows = rowsOf(text);
    const pages = await all();
    expect(rows.map(({ id }) => id)).toEqual(pages.map(({ id }) => id));
    expect(rows.map(({ data = '' }) => JSON.parse(data) as unknown)).toEqual(pages.map(({ data }) => data));
    expect(rows.map(({ because }) => because)).toEqual(
      pages.map(({ because }) => (because as string[]).join(' ')),
    );
  });

  it('as CSV holds nothing that a spreadsheet would run', async () => {
    const { text } = await service.get(url('?format=csv'));
    const rows = rowsOf(text);
    const [outage] = rows.filter(({ type }) => type === 'OutageDeclared');
    expect(outage?.['actor']).toBe("'=cmd|calc");
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual(
      [],
    );
  });

  it('stops at the moment that is asked for', async () => {
    const [outage] = await all('&type=OutageDeclared');
    const moment = `&asOf=${textOf(outage?.['position'])}`;
    const { text } = await service.get(url(`?format=ndjson${moment}`));
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(await all(moment));
    expect(lines.at(-1)).toContain('"type":"CallsCutOff"');
  });

  it.each([
    ['text/csv', 'text/csv'],
    [ndjson, ndjson],
    ['application/json', 'application/json'],
    ['text/csv;q=0.5, application/x-ndjson', ndjson],
    ['text/html, */*', 'application/json'],
    ['text/csv;q=0', 'application/json'],
    ['*/*', 'application/json'],
  ])('is chosen by Accept: %s', async (accept, expected) => {
    const { headers } = await service.get(url(), { accept });
    expect(headers['content-type']).toMatch(expected);
    expect(headers['vary']).toMatch(/accept/i);
  });

  it('has no pages', async () => {
    expect(await service.get(url('?format=csv&limit=3'))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/limit', detail: expect.stringMatching(/json/) }] },
    });
  });

  it('is a problem document where there is nothing to export', async () => {
    const unheardOf = await service.get('/v1/pools/nowhere.contoso.com/audit-trail?format=csv');
    expect(unheardOf).toMatchObject({ status: 404, body: { errors: [{ pointer: '/fqdn' }] } });
    expect(await service.get(url('?format=csv&asOf=99999999999'))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/asOf' }] },
    });
  });
});
