/** What PowerShell would see in a line: cmdlets with their switches, and nothing of what stands in quotes. */
import type { ProductVersion } from '../../events/vocabulary.js';
import { versions } from '../../policy/versions.js';
import { cmdletSwitches } from '../../policy/cmdlet-switches.js';

export interface Call {
  readonly cmdlet: string;
  readonly switches: readonly string[];
}

const withoutTexts = (line: string): string => line.replaceAll(/"(?:`.|[^"`])*"/g, '""');

export const callsIn = (line: string): readonly Call[] =>
  line.startsWith('#')
    ? []
    : withoutTexts(line)
        .split(/[|;{}()]/)
        .flatMap((part) => {
          const cmdlet =
            /\b(?:Get|Set|New|Remove|Import|Export|Invoke|Install|Backup|Move|Enable|Start)-Cs\w+/.exec(
              part,
            )?.[0];
          if (cmdlet === undefined) return [];
          return [{ cmdlet, switches: [...part.matchAll(/\s-(\w+)/g)].map(([, name = '']) => name) }];
        });

/** What no cmdlet takes. */
export const unknownIn = (line: string): readonly string[] =>
  callsIn(line).flatMap(({ cmdlet, switches }) => {
    const known = cmdletSwitches[cmdlet];
    if (known === undefined) return [cmdlet];
    return switches.filter((name) => !known.includes(name)).map((name) => `${cmdlet} -${name}`);
  });

/** What a version of the product lacks of what a line holds: a cmdlet, a switch of it, or a value of that switch. */
export const lackingIn = (line: string, version: ProductVersion): readonly string[] =>
  versions[version].lacks.filter((one) => {
    const [cmdlet = '', ...switches] = one.split(' ');
    return (
      new RegExp(`\\b${cmdlet}\\b`).test(line) &&
      line.includes(switches.length === 0 ? '' : ` ${switches.join(' ')}`)
    );
  });

/** The files that a line would write. */
export const filesWrittenBy = (line: string): readonly string[] =>
  [...line.matchAll(/^Export-CsRgsConfiguration .*-FileName "([^"]*)"/g)].map(([, name = '']) => name);

/** The pools that a line names, whatever it calls them. */
export const poolsIn = (line: string): readonly string[] =>
  [...line.matchAll(/(?:ApplicationServer:|-PoolFqdn "|Registrar:)([a-z0-9.-]+)/g)].map(
    ([, name = '']) => name,
  );
