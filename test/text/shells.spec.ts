import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { recording } from '../../projections/runbook/record.js';
import { word } from '../../text/sh.js';
import { runs } from '../support/properties.js';
import { notRun } from '../store/support/checks.js';
import { obeyed, samples } from './support/strings.js';

const texts = samples(runs(4_000));
const record = (text: string): string =>
  recording('sign-in-agent', { agent: text, pool: 'a.contoso.com', agentGroup: text }).commandLine;

describe('A text in a line for sh', () => {
  it('is a word without anything that a terminal obeys, or goes another way', () => {
    expect(["it's", 'a b', 'plain', ''].map(word)).toEqual([String.raw`'it'\''s'`, "'a b'", 'plain', "''"]);
    expect(['a\nb', '\u001B', '\u202E'].map(word)).toEqual([null, null, null]);
    expect(record('x\u001B')).toBe(
      String.raw`printf '%s' '{"agent":"x\u001b","pool":"a.contoso.com","agentGroup":"x\u001b"}' | poolkeeper sign-in-agent --stdin`,
    );
    expect(texts.map(record).filter((line) => obeyed.test(line))).toEqual([]);
  });

  for (const shell of ['sh', 'bash', 'dash']) {
    if (spawnSync(shell, ['-c', 'exit 0']).status !== 0) {
      notRun(`is the recorded text to ${shell}`, `there is no ${shell}`);
      continue;
    }
    it(`is the recorded text to ${shell}, and a recording line one call with those values`, () => {
      const script = [
        'poolkeeper() { printf \'%s\\0\' "$#" "$@"; [ "$2" != --stdin ] || { cat; printf \'\\0\'; }; }',
        ...texts.map(record),
      ].join('\n');
      const { stdout, stderr } = spawnSync(shell, { input: script, encoding: 'utf8', maxBuffer: 64 << 20 });
      expect(stderr).toBe('');
      const pool = 'a.contoso.com';
      const meant = texts.flatMap((text) =>
        word(text) === null
          ? ['2', 'sign-in-agent', '--stdin', { agent: text, pool, agentGroup: text }]
          : ['7', 'sign-in-agent', '--agent', text, '--pool', pool, '--agent-group', text],
      );
      const got = stdout.split('\0').slice(0, -1);
      expect(got).toHaveLength(meant.length);
      expect(
        got.map((text, index) => (typeof meant[index] === 'string' ? text : (JSON.parse(text) as unknown))),
      ).toEqual(meant);
    });
  }
});
