import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { examples } from '../../src/cli/examples.js';
import { version } from '../../src/contract/version.js';
import { startService, type Service } from './support/service.js';
import { terminal, type Ran } from './support/terminal.js';

let service: Service;
let run: (...argv: readonly string[]) => Promise<Ran>;
beforeAll(async () => {
  service = await startService();
  run = terminal(service.url);
});
afterAll(() => service.stop());

/** A line as a shell takes it apart. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );

/** The verbs that the help of a verb lists, with those below them. */
async function verbs(...above: readonly string[]): Promise<readonly string[]> {
  const { out } = await run(...above, '--help');
  const usage = (name: string): RegExp => new RegExp(`^  ${name}(?: |$)`, 'm');
  const names = [
    ...out.matchAll(/^ {2}([a-z][a-z-]+)(?: \[options\])?(?: <\w+>| \[\w+\])*(?: {2,}|$)/gm),
  ].map(([, name = '']) => name);
  const own = names.filter((name) => name !== 'help' && usage(name).test(out));
  if (above.length > 0) return own.map((name) => [...above, name].join(' '));
  const groups = ['export', 'store', 'seal', 'key'];
  const inner = await Promise.all([...groups, 'dead-letters', 'readings'].map((name) => verbs(name)));
  return [...own.filter((name) => !groups.includes(name)), ...inner.flat()];
}

/** What cannot go well in this story: it needs another service, a file that is not there, or does not end. */
const elsewhere =
  /^(live|play|store|seal|backup|key|verify --seal|dead-letters (retry|discard)|export add|agents |report .* --out|event |audit-trail .*>)/;

/** What has to happen once more before an example: the one before it told of a step that failed. */
const again: Readonly<Record<string, string>> = {
  'complete-failover': 'initiate-failover',
  'complete-failback': 'failback',
};

/** A pair that is needed for one example only, and how it comes to stand. */
const before: Readonly<Record<string, readonly string[]>> = {
  'replace-pool': [
    'register-pair pool-essen.contoso.com pool-dortmund.contoso.com',
    'initiate-failover --pool pool-essen.contoso.com',
    'complete-failover --pool pool-essen.contoso.com',
  ],
};

describe('help', () => {
  test('has an example of every verb', async () => {
    expect(Object.keys(examples).sort()).toEqual([...(await verbs())].sort());
    for (const [verb, lines] of Object.entries(examples)) {
      const { out } = await run(...verb.split(' '), '--help');
      for (const line of lines) expect(out).toContain(`  poolkeeper ${line}`);
    }
  });

  test('and each goes well, in its place', async () => {
    let exportId = '';
    let event = '';
    let incidentId = '';
    for (const line of Object.values(examples).flat()) {
      if (elsewhere.test(line)) continue;
      const [verb = ''] = line.split(' ');
      const first = examples[again[verb] ?? '']?.[0];
      if (first !== undefined) await run(...wordsOf(first));
      for (const earlier of before[verb] ?? []) await run(...wordsOf(earlier));
      const id = /^(incident|report) /.test(line) ? incidentId : exportId;
      const argv = wordsOf(line).map((word) => (word === '<id>' ? id : word === '<event>' ? event : word));
      const { exitCode, out, err } = await run(...argv);
      if (argv[0] !== 'correct-time') event = /^  event ([\da-f-]{36})$/m.exec(out)?.[1] ?? event;
      // Readiness says by its code what it found.
      expect({
        line,
        exitCode: argv[0] === 'readiness' ? 0 : exitCode,
        err: argv[0] === 'readiness' ? '' : err,
      }).toEqual({ line, exitCode: 0, err: '' });
      if (argv[0] === 'incidents')
        incidentId = /[\da-f]{12}-\d+/.exec((await run('incidents', '--json')).out)?.[0] ?? incidentId;
      if (argv[0] === 'exports')
        exportId = /[\da-f]{8}-[\da-f-]{27}/.exec((await run(...argv, '--json')).out)?.[0] ?? '';
    }
    expect(existsSync('examples/berlin-hamburg-outage.ndjson')).toBe(true);
  });

  test('of those that need another place each is at least understood', async () => {
    const nowhere = terminal('http://127.0.0.1:1');
    for (const line of Object.values(examples)
      .flat()
      .filter((each) => elsewhere.test(each) && !/^(store|key|play)/.test(each))) {
      const { err } = await nowhere(...wordsOf(line.replace(/ >.*$/, '')));
      expect({ line, err }).not.toMatchObject({
        err: expect.stringMatching(/unknown (option|command)|missing required|required option|too many/),
      });
    }
  });

  test('marks the flags that have to be given, and begins the usage with them', async () => {
    const { out } = await run('register-agent', '--help');
    expect(out).toContain('Usage: poolkeeper register-agent --agent <address> --home-pool <fqdn> [options]');
    expect(out).toMatch(/--home-pool <fqdn>\s+the home pool \(required\)/);
    expect(out).not.toMatch(/--actor <name>[^\n]*\(required\)/);
  });
});

test.each(['--version', '-V'])('%s prints the version, and nothing else', async (flag) => {
  expect(await run(flag)).toEqual({ exitCode: 0, out: version, err: '' });
});
