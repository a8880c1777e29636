import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  getCmdlet,
  importCmdlet,
  removeCmdlet,
  renameCmdlets,
  setSettingsCmdlets,
  failOverCmdlet,
} from '../../policy/cmdlets.js';
import { homePoolCmdlet } from '../../policy/user-cmdlets.js';
import { recording } from '../../projections/runbook/record.js';
import { argument, quoted } from '../../text/powershell.js';
import { fc, runs } from '../support/properties.js';
import { notRun } from '../store/support/checks.js';
import { hostile, obeyed, samples } from './support/strings.js';
import { asked, noPwsh, pwsh, within } from './support/pwsh.js';

const object = { kind: 'queue', parent: 'a.contoso.com', owner: 'b.contoso.com' } as const;

/** Lines as the product prints them, with a text of somebody else in each place that takes one. */
const linesWith = (text: string): readonly string[] => [
  getCmdlet({ ...object, name: text }),
  ...renameCmdlets({ ...object, name: text }, text),
  removeCmdlet({ ...object, name: text }),
  importCmdlet({ destination: text, fileName: text, overwriteOwner: true }),
  ...setSettingsCmdlets('a.contoso.com', { defaultMusicOnHoldFile: text, disableCallContext: true }),
  homePoolCmdlet(text),
  failOverCmdlet(text, true),
];
const recordOf = (text: string): string =>
  recording('sign-in-agent', { agent: text, pool: 'a.contoso.com', agentGroup: text }).powershell;

interface Parsed {
  readonly errors: number;
  readonly skeleton: string;
  readonly values: readonly string[];
  readonly words: readonly string[];
  readonly kinds: readonly string[];
}

const unitsOf = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)).join();

describe('A text in a line for PowerShell', () => {
  it('holds nothing that a console obeys or hides, and is escaped as 5.1 knows it', () => {
    expect(quoted('a\u001B\u202E"`$\u201E')).toBe('"a$([char]0x001B)$([char]0x202E)`"```$`\u201E"');
    expect(quoted('\u{E0041}')).toBe('"$([char]0xDB40)$([char]0xDC41)"');
    expect(quoted('--%')).toBe('"-$([char]0x002D)%"');
    fc.assert(
      fc.property(hostile, (text) => {
        for (const line of [...linesWith(text), recordOf(text)]) {
          expect(line).not.toMatch(obeyed);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('is an argument of a program only where nothing can be made of it on the way', () => {
    expect(['pool-a.contoso.com', 'sip:kim@contoso.com', 'a/b'].map(argument)).toEqual([
      'pool-a.contoso.com',
      'sip:kim@contoso.com',
      'a/b',
    ]);
    expect(['1kb', 'Büro Köln', '0x10'].map(argument)).toEqual(["'1kb'", "'Büro Köln'", "'0x10'"]);
    const others = ['', '-x', '@x', 'a"b', "a'b", 'a\\', 'a&b', '%PATH%', 'a;b', '<a>', 'a ', '$x', '\u2019'];
    expect(others.filter((text) => argument(text) !== null)).toEqual([]);
    expect(recordOf("sip:x';whoami;#@x.com")).toBe(
      String.raw`'{"agent":"sip:x\u0027;whoami;#@x.com","pool":"a.contoso.com","agentGroup":"sip:x\u0027;whoami;#@x.com"}' | poolkeeper sign-in-agent --stdin`,
    );
  });

  if (pwsh === null) {
    notRun('is what the parser of PowerShell and its programs get', noPwsh);
    return;
  }

  const texts = ['--%', ...samples(runs(600))];
  let parsed: readonly Parsed[] = [];
  const marker = 'MARKER';
  const forms = linesWith(marker).length;

  beforeAll(() => {
    const lines = [marker, ...texts].flatMap((text) => [...linesWith(text), recordOf(text)]);
    parsed = asked('parse.ps1', lines) as Parsed[];
    expect(parsed).toHaveLength(lines.length);
  });

  it('is to its parser the recorded text, and the line is the intended one', () => {
    const model = parsed.slice(0, forms);
    texts.forEach((text, index) => {
      const from = (index + 1) * (forms + 1);
      parsed.slice(from, from + forms).forEach(({ errors, skeleton, values }, form) => {
        const { skeleton: meant, values: meantValues = [] } = model[form] ?? {};
        expect({ text, errors, skeleton, values }).toEqual({
          text,
          errors: 0,
          skeleton: meant,
          values: meantValues.map((value) =>
            value.replaceAll(unitsOf(marker), () => unitsOf(text)).replace(/^,|,$/g, ''),
          ),
        });
      });
    });
  });

  it('is to the parser one call of poolkeeper with nothing that runs where a step is recorded', () => {
    const plain = ['CommandAst', 'CommandExpressionAst', 'NamedBlockAst', 'PipelineAst', 'ScriptBlockAst'];
    texts.forEach((text, index) => {
      const { errors, words, kinds } = parsed[(index + 1) * (forms + 1) + forms] ?? {};
      expect({ text, errors, commands: words?.length }).toEqual({ text, errors: 0, commands: 1 });
      const isPiped = argument(text) === null;
      expect(words).toEqual([
        isPiped
          ? 'poolkeeper sign-in-agent --stdin'
          : `poolkeeper sign-in-agent --agent ${text} --pool a.contoso.com --agent-group ${text}`,
      ]);
      expect(kinds?.filter((kind) => !plain.includes(kind))).toEqual(['StringConstantExpressionAst']);
    });
  });

  it('reaches a program whole, as 7 passes arguments and as 5.1 does', () => {
    const some = ['Büro Köln 1', 'sip:kim@contoso.com', '1kb', ...texts.slice(0, 60)];
    const program = '#!/bin/sh\nprintf \'%s\\n\' "$@"\n[ "$2" = --stdin ] && cat\nexit 0\n';
    const got = within((folder) => {
      const file = join(folder, 'poolkeeper');
      writeFileSync(file, program);
      chmodSync(file, 0o755);
      return asked('native.ps1', some.map(recordOf), [file]);
    });
    const meant = some.map((text) => {
      const pool = 'a.contoso.com';
      return argument(text) === null
        ? { agent: text, pool, agentGroup: text }
        : ['sign-in-agent', '--agent', text, '--pool', pool, '--agent-group', text].join('\n');
    });
    expect(
      (got as string[]).map((answer) => {
        const [verb, way, body = ''] = answer.split('\n');
        return verb === 'sign-in-agent' && way === '--stdin' ? (JSON.parse(body) as unknown) : answer;
      }),
    ).toEqual([...meant, ...meant]);
  });
});
