/** Which files a zip of Export-CsRgsConfiguration holds, and where. */
import { applicationSettingsKind, type EditableKind } from '../../events/vocabulary.js';
import { cutTo } from '../../policy/texts/cut.js';
import { few } from '../../policy/texts/few.js';
import { isAudio } from './audio.js';

export type XmlContent = EditableKind | 'agents' | 'managers';

const files: readonly (readonly [fileName: string, content: XmlContent])[] = [
  ['Workflows.xml', 'workflow'],
  ['Queues.xml', 'queue'],
  ['AgentGroups.xml', 'agent-group'],
  ['HoursOfBusiness.xml', 'hours-of-business'],
  ['HolidaySets.xml', 'holiday-set'],
  ['Configuration.xml', applicationSettingsKind],
  ['Agents.xml', 'agents'],
  ['Managers.xml', 'managers'],
];

export const xmlFiles: ReadonlyMap<XmlContent, string> = new Map(
  files.map(([fileName, content]) => [content, fileName]),
);
const contentOf = new Map(files.map(([fileName, content]) => [fileName.toLowerCase(), content]));

export interface Layout {
  /** In the order in which they are read; any order would do, as references are resolved at the end. */
  readonly xml: readonly { readonly entry: string; readonly content: XmlContent }[];
  readonly audio: readonly string[];
  readonly unknown: readonly string[];
}

/**
 * Recognises files by name, in any case, in the folder RgsImportExport or at the top; else, as people pack a folder again,
 * in the one folder that has any of them.
 */
export function layoutOf(entries: readonly string[]): Layout {
  const usual = entries.filter((entry) => ['', usualFolder].includes(folderOf(entry)) && isNamed(entry));
  const elsewhere = Map.groupBy(entries.filter(isNamed), folderOf);
  const [only = [], ...others] = foldersOfObjects(elsewhere);
  const found = new Set(usual.length > 0 ? usual : others.length > 0 ? [] : only);
  const xml = [...found].flatMap((entry) => {
    const content = contentOf.get(fileNameOf(entry));
    return content === undefined ? [] : [{ entry, content }];
  });
  const rest = entries.filter((entry) => !found.has(entry));
  return {
    xml: files.flatMap(([, content]) => xml.filter((file) => file.content === content)),
    audio: rest.filter(isAudio),
    unknown: rest.filter((entry) => !isAudio(entry)),
  };
}

const usualFolder = 'rgsimportexport';
const fileNameOf = (entry: string): string => (entry.split('/').at(-1) ?? entry).toLowerCase();
const folderOf = (entry: string): string => entry.split('/').slice(0, -1).join('/').toLowerCase();
const isNamed = (entry: string): boolean => contentOf.has(fileNameOf(entry));

/** Settings and lists of people have ordinary names: where any folder has objects, the others are none of an export. */
function foldersOfObjects(byFolder: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const folders = [...byFolder.values()];
  const isOfObjects = (entry: string): boolean =>
    files.slice(0, kindsOfObjects).some(([name]) => name.toLowerCase() === fileNameOf(entry));
  const withObjects = folders.filter((entries) => entries.some(isOfObjects));
  return withObjects.length > 0 ? withObjects : folders;
}
const kindsOfObjects = 5;

/** Why no file of an export was recognised: what is there instead, and what to do. */
export function whatIsThere({ audio, unknown }: Layout): string {
  const zips = unknown.filter((entry) => entry.toLowerCase().endsWith('.zip'));
  const named = Map.groupBy(unknown.filter(isNamed), (entry) => entry.split('/').slice(0, -1).join('/'));
  const list = (entries: readonly string[]): string =>
    few(entries, { word: (entry) => `"${cutTo(entry, 100)}"`, more: (rest) => ` and ${rest} more` });
  if (named.size > 0) {
    return `holds files of an export in several folders: ${list([...named.keys()])}. Add the zip that Export-CsRgsConfiguration wrote, or pack one of these folders by itself.`;
  }
  if (zips.length > 0) {
    const [zip = ''] = zips;
    return zips.length === 1
      ? `holds no export but another zip, "${cutTo(zip, 100)}": unpack that one and add it.`
      : `holds no export but other zips: ${list(zips)}. Unpack the one that Export-CsRgsConfiguration wrote and add it.`;
  }
  const others = [...unknown, ...audio];
  const there = others.length === 0 ? 'It is empty' : `There are: ${list(others)}`;
  return `holds none of the files of an export: ${[...xmlFiles.values()].join(', ')}. ${there}. Add the zip that Export-CsRgsConfiguration wrote.`;
}
