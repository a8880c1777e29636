import {
  applicationSettingsKind,
  type EditableKind,
  type ObjectKind,
  type Properties,
} from '../../events/vocabulary.js';
import { referencesIn } from '../../policy/object-properties/references.js';
import type { AudioShelf } from './audio-shelf.js';
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';
import { Findings } from './findings.js';
import { Budget } from './json.js';
import { xmlFiles, type Layout, type XmlContent } from './layout.js';
import type { ReadLimits } from './limits.js';
import type { Place } from './malformed-export-error.js';
import { readObject, readSettings, type ObjectContext, type ReadObject } from './objects.js';
import type { ReadExport } from './read-export.js';

/** What has been read of a file so far. */
export class Reading {
  private readonly findings = new Findings();
  private readonly context: ObjectContext;
  private readonly objects = new Map<string, ReadObject>();
  private readonly people = { agents: new Set<string>(), managers: new Set<string>() };
  private settings: Properties | null = null;
  private entry = '';

  constructor(
    private readonly shelf: AudioShelf,
    limits: ReadLimits,
  ) {
    this.context = {
      budget: new Budget(limits.elements, () => this.entry),
      findings: this.findings,
      audio: (named, use) => shelf.name(named, use),
    };
  }

  begins(entry: string): void {
    this.entry = entry;
  }

  take(content: XmlContent, value: ClixmlValue, place: Place): void {
    switch (content) {
      case 'agents':
      case 'managers':
        this.takePerson(content, value);
        return;
      case applicationSettingsKind:
        this.takeSettings(value, place);
        return;
      default:
        this.takeObject(content, value, place);
    }
  }

  noteLayout({ xml, unknown }: Layout): void {
    for (const [content, fileName] of xmlFiles) {
      if (xml.some((file) => file.content === content)) continue;
      this.findings.add(
        'file-missing',
        `The file ${fileName} is missing; nothing of it is taken to be there.`,
      );
    }
    for (const entry of unknown) {
      this.findings.add('file-unknown', 'It is no file of an export that anybody has described.', { entry });
    }
  }

  result(kinds: readonly ObjectKind[]): ReadExport {
    const objects = [...this.objects.values()].toSorted(
      (one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind),
    );
    for (const object of objects) this.noteDangling(object);
    return {
      objects,
      applicationSettings: this.settings,
      audio: this.shelf.list(this.findings),
      agents: [...this.people.agents],
      managers: [...this.people.managers],
      findings: this.findings.all,
    };
  }

  private takeObject(kind: ObjectKind, value: ClixmlValue, place: Place): void {
    const object = readObject(kind, value, place, this.context);
    if (object === null) return;
    const key = `${kind}|${object.id}`;
    if (this.objects.has(key)) {
      const { entry, line } = place;
      this.findings.add('object-twice', 'An object of this identity came before it, and counts.', {
        entry,
        line,
        kind,
        id: object.id,
      });
      return;
    }
    this.objects.set(key, object);
  }

  private takeSettings(value: ClixmlValue, place: Place): void {
    const about = { entry: place.entry, line: place.line, kind: applicationSettingsKind as EditableKind };
    if (!(value instanceof ClixmlObject)) {
      this.findings.add('object-without-identity', 'It holds no settings.', about);
    } else if (this.settings !== null) {
      this.findings.add('object-twice', 'A pool has one set of settings; the first counts.', about);
    } else {
      this.settings = readSettings(value, place, this.context).properties;
    }
  }

  private takePerson(content: 'agents' | 'managers', value: ClixmlValue): void {
    const uri =
      value instanceof ClixmlObject
        ? ['Uri', 'SipAddress', 'SipUri', 'AgentUri']
            .map((name) => textOf(value.property(name) ?? null))
            .find(isUri)
        : textOf(value);
    if (isUri(uri)) this.people[content].add(uri.toLowerCase().toWellFormed());
  }

  private noteDangling({ kind, id, properties }: ReadObject): void {
    for (const reference of referencesIn(kind, properties)) {
      if (this.objects.has(`${reference.kind}|${reference.id}`)) continue;
      this.findings.add(
        'reference-dangling',
        `It refers to a ${reference.kind} that is not in the file: ${reference.id}.`,
        {
          kind,
          id,
          property: reference.pointer.replace('/properties/', ''),
        },
      );
    }
  }
}

const isUri = (text: string | null | undefined): text is string =>
  typeof text === 'string' && /^sip:\S+$/i.test(text);
