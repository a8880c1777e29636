import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { version } from '../../src/contract/version.js';
import { commandNames, commandSummaries } from '../../src/domain/command-summaries.js';
import { terminal } from './support/terminal.js';

/** Another version of the service. */
const answers: Readonly<Record<string, object>> = {
  '/docs-json': { openapi: '3.1.0', info: { title: 'Poolkeeper', version: '9.4.0' } },
  '/v1/pools': { position: '5', asOf: null, pools: [{ fqdn: 'pool-a.contoso.com', stage: 'melting' }] },
};

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[request.url ?? ''] ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

test('an answer that does not fit is named by its field, with the versions of both', async () => {
  const { exitCode, out, err } = await terminal(url)('pools');
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  expect(err).toBe(
    `The answer of ${url} is not as expected: /pools/0/partner should be there. The service has version 9.4.0, this command line ${version}; use the same version of both.`,
  );
});

test('with --json it is printed all the same', async () => {
  const { exitCode, out } = await terminal(url)('pools', '--json');
  expect({ exitCode, out: JSON.parse(out) as unknown }).toEqual({ exitCode: 0, out: answers['/v1/pools'] });
});

test('the help has the line of each command that the API documents', async () => {
  const { out } = await terminal(url)('--help');
  const help = out.replaceAll(/\s+/g, ' ');
  for (const name of commandNames) expect(help).toContain(commandSummaries[name]);
  expect(out).toContain('Maintenance:');
});
