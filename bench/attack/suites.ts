/** The attacks that are suites of jest: run in full, with what they say of themselves. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { AttackRow } from './report.js';

const suites = [
  'test/attack/',
  'test/operation/',
  'test/http/kill',
  'test/http/access-matrix',
  'test/cli/verify-seal',
  'test/store/other-ways',
  'test/store/read-only',
  'test/runtime/restart',
  'test/runtime/watch',
  'test/cli/hostile',
  'test/text/',
];

interface TestResult {
  readonly fullName: string;
  readonly title: string;
  readonly ancestorTitles: readonly string[];
  readonly status: string;
  readonly failureMessages: readonly string[];
}

interface SuiteResult {
  /** Path of the file. */
  readonly name: string;
  /** Of a suite that could not be run. */
  readonly message: string;
  readonly assertionResults: readonly TestResult[];
}

/** A line of the file of figures; see test/attack/support. */
interface Figures {
  readonly test: string;
  readonly tried?: number;
  readonly stored?: number;
  readonly hold?: number;
  readonly memory?: readonly [number, number];
}

/** @param wanted parts of names of suites; all attacks where there are none */
export async function attackSuites(wanted: readonly string[]): Promise<readonly AttackRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-attack-'));
  const [results, figures] = [join(folder, 'results.json'), join(folder, 'figures.ndjson')];
  const jest = [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'Poolkeeper',
    // One after the other, so that none has the time of another in its figures.
    '--maxWorkers=1',
    '--json',
    `--outputFile=${results}`,
    ...(wanted.length === 0 ? suites : wanted),
  ];
  try {
    const environment = {
      PROPERTY_RUNS: '1',
      PROPERTY_SEED: 'random',
      ...process.env,
      ATTACK_FIGURES: figures,
    };
    const stdio = ['ignore', 'ignore', 'inherit'] as const;
    await once(spawn(process.execPath, jest, { env: environment, stdio: [...stdio] }), 'exit');
    if (!existsSync(results)) throw new Error('The suites could not be run.');
    const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as {
      readonly testResults: readonly SuiteResult[];
    };
    const said = figuresIn(existsSync(figures) ? readFileSync(figures, 'utf8') : '');
    return testResults.flatMap((suite) => rowsOf(suite, said));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** By test. What a test says of itself comes before what was measured around it. */
function figuresIn(text: string): ReadonlyMap<string, Figures> {
  const all = new Map<string, Figures>();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const figures = JSON.parse(line) as Figures;
    all.set(figures.test, { ...figures, ...all.get(figures.test) });
  }
  return all;
}

/** A row for each group of tests of a suite, and one for each test without a group. */
function rowsOf({ name, message, assertionResults }: SuiteResult, said: ReadonlyMap<string, Figures>) {
  const suite = basename(name, '.spec.ts');
  const groups = new Map<string, TestResult[]>();
  for (const test of assertionResults) {
    const group = test.ancestorTitles[0] ?? test.title;
    groups.set(group, [...(groups.get(group) ?? []), test]);
  }
  const rows = [...groups].map(([group, tests]) => rowOf(`${suite}: ${group}`, tests, said));
  if (rows.length > 0) return rows;
  const faults = [`${suite} could not be run: ${message}`];
  return [{ what: suite, tried: 0, faults, hold: null, memory: null, stored: null }];
}

function rowOf(what: string, tests: readonly TestResult[], said: ReadonlyMap<string, Figures>): AttackRow {
  const figures = tests.map(({ fullName }) => said.get(fullName));
  const known = figures.filter((each) => each !== undefined);
  const memories = known.flatMap(({ memory }) => (memory === undefined ? [] : [memory]));
  const stored = known.flatMap((each) => each.stored ?? []);
  return {
    what,
    tried: figures.reduce((sum, each) => sum + (each?.tried ?? 1), 0),
    faults: tests
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n')}`),
    hold: Math.max(...known.map(({ hold = 0 }) => hold)),
    // Of the test that took most.
    memory: memories.sort(([, one], [, other]) => other - one)[0] ?? null,
    stored: stored.length === 0 ? null : stored.reduce((sum, bytes) => sum + bytes, 0),
  };
}
