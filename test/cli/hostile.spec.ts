import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { run } from '../../src/cli/run.js';
import { obeyed } from '../text/support/strings.js';
import { startService, type Service } from './support/service.js';
import { terminal } from './support/terminal.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';
const harmless = 'Help queue';
const hostile = '\u001B[2J\u001B]0;pwned\u0007\u009B1m\n  Remove-Item C:\\ -Recurse \u202E\u001B[31m';

/** Old logs hold such names, which no command takes any more: the service's answers come with one in the place of another. */
let service: Service;
let between: Server;
let url: string;

beforeAll(async () => {
  service = await startService();
  const poolkeeper = terminal(service.url);
  await poolkeeper('register-pair', '--pool', a, '--pool', b);
  const object = ['--kind', 'queue', '--id', 'help-queue', '--name', harmless, '--tool', 'controlPanel'];
  const created = await poolkeeper('create-object', '--pool', a, ...object, '--properties', '{}');
  if (created.exitCode !== 0) throw new Error(created.err);
  await poolkeeper('declare-outage', '--pool', a, '--reason', harmless);
  between = createServer((request, response) => {
    void fetch(service.url + (request.url ?? '')).then(async (answer) => {
      response.statusCode = answer.status;
      response.end((await answer.text()).replaceAll(harmless, JSON.stringify(hostile).slice(1, -1)));
    });
  }).listen(0, '127.0.0.1');
  await once(between, 'listening');
  url = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
});
afterAll(async () => {
  between.close();
  await service.stop();
});

/** As a person sees it who watches in colours. */
async function shown(...argv: readonly string[]): Promise<string> {
  const out: string[] = [];
  const print = (text: string): void => void out.push(text);
  await run(argv, {
    out: print,
    err: print,
    width: 120,
    interactive: true,
    colours: true,
    environment: { POOLKEEPER_URL: url },
  });
  return out.join('\n');
}

// Bold, colours of our own, and their ends.
const ours = /\u001B\[(?:1|2|22|31|32|33|35|36|39|91)m|\n/g;

describe('A name full of control characters', () => {
  test.each([
    ['visibility'],
    ['editability'],
    ['readiness'],
    ['audit-trail'],
    ['replay'],
    ['diff'],
    ['runbook'],
  ])('is shown in escapes by %s, and is no line of its own', async (verb) => {
    const text = await shown(verb, a, ...(verb === 'diff' ? ['--from', '1'] : []));
    expect(text.replaceAll(ours, '')).not.toMatch(obeyed);
    expect(text).not.toContain('\u001B[31m');
    expect(text).not.toMatch(/^\s*Remove-Item/m);
    if (verb !== 'runbook') expect(text).toContain(String.raw`\u{1B}`);
  });

  it('is escaped in JSON where a person watches, and is data where a program reads', async () => {
    const watched = await shown('visibility', a, '--json');
    expect(watched).not.toMatch(obeyed);
    expect(watched).toContain(String.raw`\u202E`);
    const { out } = await terminal(url)('visibility', a, '--json');
    expect(out).toContain('\u202E');
    expect(JSON.parse(watched)).toEqual(JSON.parse(out));
  });
});
