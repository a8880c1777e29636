import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { commandNames } from '../../src/domain/command-summaries.js';
import { asked, noPwsh, pwsh } from '../text/support/pwsh.js';
import { notRun } from '../store/support/checks.js';
import { terminal } from './support/terminal.js';

const shell = terminal('http://127.0.0.1:1');
const scripts: Record<string, string> = {};

beforeAll(async () => {
  for (const name of ['bash', 'zsh', 'powershell']) {
    const { out, exitCode } = await shell('completion', name);
    if (exitCode !== 0) throw new Error(`There is no script for ${name}.`);
    scripts[name] = out;
  }
});

const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** Where the program is not there, the run says so. */
function where(reason: string | null, name: string, test: () => void): void {
  if (reason === null) it(name, test);
  else notRun(name, reason);
}

/** What bash offers after these words. */
function offered(...words: readonly string[]): readonly string[] {
  const file = join(mkdtempSync(join(tmpdir(), 'poolkeeper-completion-')), 'script');
  writeFileSync(file, scripts['bash'] ?? '');
  const line = ['poolkeeper', ...words].map((word) => `'${word}'`).join(' ');
  const asking = `. "$0"; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _poolkeeper; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', asking, file], { encoding: 'utf8' }).trim().split('\n');
}

const noBash = isThere('bash') ? null : 'there is no bash';

describe('Completion', () => {
  it.each(['bash', 'zsh', 'powershell'])('for %s knows every command', (name) => {
    for (const command of commandNames) expect(scripts[name]).toContain(`'${command}'`);
  });

  it('for another shell is refused with those that there are', async () => {
    const { err, exitCode } = await shell('completion', 'fish');
    expect(exitCode).toBe(2);
    expect(err).toContain('bash, zsh, powershell');
  });

  where(noBash, 'in bash offers verbs, verbs of verbs, flags and values', () => {
    expect(offered('decl')).toEqual(['declare-outage', 'declare-site-outage']);
    expect(offered('--url', 'pools', 'vis')).toEqual(['visibility']);
    expect(offered('export', 'a')).toEqual(['add']);
    expect(offered('--json', 'export', 'add', 'night.zip', '--occ')).toEqual(['--occurred-at']);
    expect(offered('report', 'c-1', '--format', 'm')).toEqual(['markdown']);
    expect(offered('call', 'pools', '--as')).toEqual(['--as-of']);
    expect(offered('export', 'add', '--pool', '')).toEqual(['']);
  });

  where(isThere('zsh') ? null : 'there is no zsh', 'in zsh is a script that it reads', () => {
    expect(spawnSync('zsh', ['-n'], { input: scripts['zsh'] ?? '' }).status).toBe(0);
  });

  where(pwsh === null ? noPwsh : null, 'in PowerShell parses, and offers the same', () => {
    expect(asked('complete.ps1', [scripts['powershell'] ?? ''], [])).toEqual([
      ['declare-outage', 'declare-site-outage'],
      ['visibility'],
      ['add'],
      ['markdown'],
    ]);
  });
});

it('is told of in the README', () => {
  expect(readFileSync('README.md', 'utf8')).toContain('poolkeeper completion');
});
