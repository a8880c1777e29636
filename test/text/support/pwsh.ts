/** PowerShell, where this machine has it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from '../../../text/json.js';

const tools = resolve(import.meta.dirname, '../../../.tools');

/** Where `.ci/run` installs it; the variable POWERSHELL names another program. */
const named = process.env['POWERSHELL'] ?? '';
const candidates = [...(named === '' ? [] : [named]), join(tools, 'pwsh'), 'pwsh'];

export const environment = (home: string): NodeJS.ProcessEnv => ({
  ...process.env,
  HOME: home,
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
  // Its libraries for languages are not everywhere.
  DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1',
});

const isThere = (program: string): boolean =>
  program.includes('/')
    ? existsSync(program)
    : spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0;

/** Null where there is none. */
export const pwsh: string | null = candidates.find(isThere) ?? null;
export const noPwsh = 'there is no PowerShell: no pwsh on PATH, and POWERSHELL names none';

/** Within a folder that is gone afterwards. */
export function within<Value>(use: (folder: string) => Value): Value {
  const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-text-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a script of this folder answers to a list of lines. */
export const asked = (script: string, lines: readonly string[], more: readonly string[] = []): unknown =>
  within((folder) => {
    const [from, to] = [join(folder, 'from.json'), join(folder, 'to.json')];
    writeFileSync(from, json.ascii(lines));
    const file = join(import.meta.dirname, script);
    const { status, stderr, error } = spawnSync(
      pwsh ?? '',
      ['-NoLogo', '-NoProfile', '-NonInteractive', '-File', file, from, to, ...more],
      { env: environment(folder), encoding: 'utf8' },
    );
    if (status !== 0 || !existsSync(to)) throw new Error(`${script}: ${error?.message ?? stderr}`);
    return JSON.parse(readFileSync(to, 'utf8')) as unknown;
  });
