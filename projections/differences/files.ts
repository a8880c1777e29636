/** What differs of two files besides their objects and settings: people, audio that nothing plays, and what was left out. */
import type { ExportedFile, FileFinding, PeopleBeside } from '../../events/export-file.js';
import type { Properties } from '../../events/vocabulary.js';
import { leavesBetween, type Difference } from '../../policy/differences/differences.js';
import { differencesAtMost } from './configurations.js';

export const partsOfFiles = ['agent', 'manager', 'audio', 'left-out'] as const;

export interface FileDifference {
  readonly change: 'created' | 'modified' | 'removed';
  readonly part: (typeof partsOfFiles)[number];
  /** An address, the name of an audio file, or where in the file something was left out. */
  readonly name: string;
  /** No more than `differencesAtMost`. */
  readonly differences: readonly Difference[];
}

export interface FileDifferences {
  /** No more than `partsAtMost`. */
  readonly besides: readonly FileDifference[];
  readonly moreBesides: number;
}

const partsAtMost = 1_000;

type Part = FileDifference['part'];
/** By name, what the file says of it; undefined where it is not known to say nothing. */
type Said = ReadonlyMap<string, Properties | undefined>;

/** Nothing where one of the two is no file that was read. */
export function fileDifferences(before: ExportedFile | null, after: ExportedFile | null): FileDifferences {
  const both = before === null || after === null ? [] : [before, after];
  const [was, is] = both.map(saidBy);
  const all =
    was === undefined || is === undefined
      ? []
      : partsOfFiles.flatMap((part) => {
          const [one, other] = [was[part], is[part]];
          return one === null || other === null ? [] : differencesOf(part, one, other);
        });
  return { besides: all.slice(0, partsAtMost), moreBesides: Math.max(0, all.length - partsAtMost) };
}

/** Null: the file has no such list. */
const saidBy = (file: ExportedFile): Readonly<Record<Part, Said | null>> => ({
  agent: people(file, 'agents'),
  manager: people(file, 'managers'),
  audio: new Map(
    file.audio
      .filter(({ usedBy }) => usedBy.length === 0)
      .map(({ originalFileName, uniqueName, sha256 }) => [
        `${originalFileName} (${uniqueName ?? ''})`,
        { sha256 },
      ]),
  ),
  'left-out': leftOut(file.findings),
});

function people(file: ExportedFile, list: keyof PeopleBeside): Said | null {
  const addresses = file[list];
  if (addresses === undefined) return null;
  const beside = file.people?.[list];
  return new Map(addresses.map((uri) => [uri, beside === undefined ? undefined : (beside[uri] ?? {})]));
}

/** Lines change with what stands before them, so none is part of a name. */
function leftOut(findings: readonly FileFinding[]): Said {
  const said = new Map<string, Properties>();
  for (const { code, entry, kind, id, property, fingerprint } of findings) {
    if (fingerprint === undefined) continue;
    const name = [code, entry, kind, id, property].filter((part) => part !== null).join(', ');
    let number = 1;
    while (said.has(numbered(name, number))) number += 1;
    said.set(numbered(name, number), { fingerprint });
  }
  return said;
}

const numbered = (name: string, number: number): string => (number === 1 ? name : `${name} #${number}`);

function differencesOf(part: Part, before: Said, after: Said): readonly FileDifference[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): FileDifference[] => {
    const change = !before.has(name) ? 'created' : !after.has(name) ? 'removed' : 'modified';
    const [was, is] = [before.get(name), after.get(name)];
    const isKnown = change !== 'modified' || (was !== undefined && is !== undefined);
    const differences = isKnown ? leavesBetween(was ?? {}, is ?? {}).slice(0, differencesAtMost) : [];
    return change === 'modified' && differences.length === 0 ? [] : [{ change, part, name, differences }];
  });
}
