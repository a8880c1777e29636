/** Which files a zip of Export-CsRgsConfiguration holds, and where. */
import { applicationSettingsKind, type EditableKind } from '../../events/vocabulary.js';
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

/** Recognises files by name, in any case, in the folder RgsImportExport or at the top. */
export function layoutOf(entries: readonly string[]): Layout {
  const xml = entries.flatMap((entry) => {
    const content = xmlContentOf(entry);
    return content === undefined ? [] : [{ entry, content }];
  });
  const others = entries.filter((entry) => xmlContentOf(entry) === undefined);
  return {
    xml: files.flatMap(([, content]) => xml.filter((file) => file.content === content)),
    audio: others.filter(isAudio),
    unknown: others.filter((entry) => !isAudio(entry)),
  };
}

function xmlContentOf(entry: string): XmlContent | undefined {
  const [first = '', second, ...deeper] = entry.toLowerCase().split('/');
  if (second === undefined) return contentOf.get(first);
  return first === 'rgsimportexport' && deeper.length === 0 ? contentOf.get(second) : undefined;
}
