import type { ExportedAudio, PeopleBeside } from '../../events/export-file.js';
import {
  applicationSettingsKind,
  type EditableKind,
  type ObjectKind,
  type Properties,
} from '../../events/vocabulary.js';
import { identityOf } from '../../facts/identity.js';
import { limits } from '../../policy/limits.js';
import { cutTo } from '../../policy/texts/cut.js';
import { referencesIn } from '../../policy/object-properties/references.js';
import type { AudioIndex } from './audio-index.js';
import { ClixmlObject, type ClixmlValue } from './clixml/value.js';
import { Findings, type ExportFinding } from './findings.js';
import { Budget } from './json.js';
import { xmlFiles, type Layout, type XmlContent } from './layout.js';
import type { ReadLimits } from './limits.js';
import { parentIn } from './parent.js';
import { MalformedExportError, type FileLocation } from './malformed-export-error.js';
import { fingerprintOf } from './left-out.js';
import { identified, readObject, readSettings, type ObjectContext, type ReadObject } from './objects.js';
import { People } from './people.js';

/** What a zip of Export-CsRgsConfiguration holds. */
export interface ReadExport {
  /** Kind by kind, each in the order of its file. */
  readonly objects: readonly ReadObject[];
  /** The pool-wide settings; null where the file has none. */
  readonly applicationSettings: Properties | null;
  /** What the file says of the settings besides, by path. */
  readonly settingsUnknownProperties: Properties;
  /** The pools that the identities of its objects and settings name, in lower case: the pool that was exported. */
  readonly parents: readonly string[];
  readonly audio: readonly ExportedAudio[];
  /** Of agents and managers, those that the file has a list of. */
  readonly lists: readonly ('agents' | 'managers')[];
  /** SIP addresses of the agents and managers that the file lists. */
  readonly agents: readonly string[];
  readonly managers: readonly string[];
  /** What it says of them besides. */
  readonly people: PeopleBeside;
  readonly findings: readonly ExportFinding[];
}

/** A file is of one pool. What is made to name many is not kept for it. */
const mostParents = 10;

/** Builds the content of an export from the values of its files, as they are read. */
export class ExportBuilder {
  private readonly findings = new Findings();
  private readonly context: ObjectContext;
  private readonly objects = new Map<string, ReadObject>();
  private readonly people: Readonly<Record<'agents' | 'managers', People>>;
  private settings: Pick<ReadObject, 'properties' | 'unknownProperties'> | null = null;
  private readonly lists = new Set<XmlContent>();
  private readonly parents = new Set<string>();
  private entry = '';
  private given = 0;

  constructor(
    private readonly audio: AudioIndex,
    private readonly limits: ReadLimits,
  ) {
    this.context = {
      budget: new Budget(limits.elements, () => this.entry),
      findings: this.findings,
      audio: (named, use) => audio.addUse(named, use),
    };
    this.people = { agents: new People(this.context), managers: new People(this.context) };
  }

  beginEntry(entry: string): void {
    this.entry = entry;
  }

  /** How many values were added, of any content. */
  get added(): number {
    return this.given;
  }

  /** Whether no object and no settings were read, so that nothing can name an audio file. */
  get isEmpty(): boolean {
    return this.objects.size === 0 && this.settings === null;
  }

  add(content: XmlContent, value: ClixmlValue, location: FileLocation): void {
    this.given += 1;
    if (this.given > this.limits.objects) {
      throw new MalformedExportError(`more than ${this.limits.objects} objects in all files.`, location);
    }
    switch (content) {
      case 'agents':
      case 'managers':
        this.people[content].add(value, location);
        return;
      case applicationSettingsKind:
        this.addSettings(value, location);
        return;
      default:
        this.addObject(content, value, location);
    }
  }

  /** @param fingerprintOf of an entry that is not read */
  noteLayout({ xml, unknown }: Layout, fingerprintOf: (entry: string) => string): void {
    for (const { content } of xml) this.lists.add(content);
    for (const [content, fileName] of xmlFiles) {
      if (xml.some((file) => file.content === content)) continue;
      this.findings.add(
        'file-missing',
        `The file ${fileName} is missing; nothing of it is taken to be there.`,
        { kind: content === 'agents' || content === 'managers' ? null : content },
      );
    }
    for (const entry of unknown) {
      this.findings.add('file-unknown', 'It is no file of an export that anybody has described.', {
        entry,
        fingerprint: fingerprintOf(entry),
      });
    }
  }

  result(kinds: readonly ObjectKind[]): ReadExport {
    const objects = [...this.objects.values()].toSorted(
      (one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind),
    );
    for (const object of objects) this.noteDangling(object);
    this.people.agents.finish();
    this.people.managers.finish();
    return {
      objects,
      applicationSettings: this.settings?.properties ?? null,
      settingsUnknownProperties: this.settings?.unknownProperties ?? {},
      lists: [...this.lists].filter((content) => content === 'agents' || content === 'managers'),
      parents: [...this.parents],
      audio: this.audio.list(this.findings),
      agents: this.people.agents.addresses,
      managers: this.people.managers.addresses,
      people: { agents: this.people.agents.beside, managers: this.people.managers.beside },
      findings: this.findings.all,
    };
  }

  private addObject(kind: ObjectKind, value: ClixmlValue, location: FileLocation): void {
    const { findings } = this;
    const found = identified(kind, value, location, this.context);
    if (found === null) return;
    const { id } = found;
    const key = identityOf({ kind, id });
    if (this.objects.has(key)) {
      // Before it is read: a file may refer to one large object many times.
      const { entry, line } = location;
      findings.add('object-twice', 'An object of this identity came before it, and counts.', {
        entry,
        line,
        kind,
        id,
        fingerprint: this.fingerprintOf(value),
      });
      return;
    }
    this.noteParent(found.value);
    this.objects.set(key, readObject(kind, found, location, this.context));
  }

  private addSettings(value: ClixmlValue, location: FileLocation): void {
    const about = {
      entry: location.entry,
      line: location.line,
      kind: applicationSettingsKind as EditableKind,
    };
    if (!(value instanceof ClixmlObject)) {
      this.findings.add('object-without-identity', 'It holds no settings.', {
        ...about,
        fingerprint: this.fingerprintOf(value),
      });
    } else if (this.settings !== null) {
      this.findings.add('object-twice', 'A pool has one set of settings; the first counts.', {
        ...about,
        fingerprint: this.fingerprintOf(value),
      });
    } else {
      this.noteParent(value);
      this.settings = readSettings(value, location, this.context);
    }
  }

  private noteParent(value: ClixmlObject): void {
    const parent = this.parents.size < mostParents ? parentIn(value) : null;
    if (parent !== null) this.parents.add(parent);
  }

  /** An element of the XML that no CLIXML has. */
  noteElement(element: string, { entry, line }: FileLocation): void {
    this.findings.add(
      'element-unknown',
      `<${cutTo(element, 40)}> is no element of CLIXML; what it holds is left out.`,
      { entry, line },
    );
  }

  private fingerprintOf(value: ClixmlValue): string {
    return fingerprintOf(value, this.context.budget);
  }

  private noteDangling({ kind, id, properties }: ReadObject): void {
    for (const reference of referencesIn(kind, properties)) {
      if (this.objects.has(identityOf(reference))) continue;
      this.findings.add(
        'reference-dangling',
        `It refers to a ${reference.kind} that is not in the file: ${cutTo(reference.id, limits.id)}.`,
        {
          kind,
          id,
          property: reference.pointer.replace('/properties/', ''),
        },
      );
    }
  }
}
