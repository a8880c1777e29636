/** What the command line prints, as a terminal shows it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { markup, page } from '../../text/html.js';

export interface Terminal {
  /** Of its picture. */
  readonly name: string;
  /** A document whose only `pre` is the terminal. */
  readonly html: string;
}

interface Typed {
  readonly name: string;
  readonly words: readonly string[];
  /** As many lines of the answer as are shown; all where absent. */
  readonly lines?: number;
}

const pool = 'pool-berlin.contoso.com';

/** What the tour of the README types. */
const typed = (outage: string, failedOver: string): readonly Typed[] => [
  { name: 'call-status', words: ['call-status', pool, '--as-of', outage] },
  { name: 'visibility', words: ['visibility', pool, '--as-of', failedOver], lines: 26 },
  { name: 'call', words: ['call', 'b-20261117-01219'] },
];

interface Trail {
  readonly entries: readonly { readonly position: string }[];
}

/** Of the first event of a type. */
async function positionOf(type: string, address: string): Promise<string> {
  const asked = await fetch(`${address}/v1/pools/${pool}/audit-trail?type=${type}&order=oldest&limit=1`);
  const { entries } = (await asked.json()) as Trail;
  return entries[0]?.position ?? '0';
}

const run = promisify(execFile);
const style = `
body { margin: 0; }
pre { margin: 0; padding: 1.2rem 1.4rem; background: #11151b; color: #dde3ea; font: 13px/1.3 monospace; }
b { color: #7fd494; font-weight: 400; }`;

/** One after the other. */
export async function terminals(address: string): Promise<readonly Terminal[]> {
  const shown: Terminal[] = [];
  const outage = await positionOf('OutageDeclared', address);
  const failedOver = await positionOf('FailoverCompleted', address);
  for (const { name, words, lines } of typed(outage, failedOver)) {
    const program = ['bin/poolkeeper.js', '--url', address, ...words];
    const environment = { ...process.env, COLUMNS: '118', NO_COLOR: '1', TZ: 'UTC' };
    const { stdout } = await run(process.execPath, program, { env: environment });
    const all = stdout.trimEnd().split('\n');
    const some = lines === undefined || all.length <= lines ? all : [...all.slice(0, lines), '  …'];
    const body = markup`<pre><b>$ npx poolkeeper ${words.join(' ')}</b>\n${some.join('\n')}</pre>`;
    shown.push({ name, html: page({ title: name, style, body }) });
  }
  return shown;
}
