/** A streaming parser of CLIXML, PowerShell's own XML ([MS-PSRP] 2.2.5): it reports every top-level object as it ends. */
import sax, { type SAXParser } from 'sax';
import { cutTo } from '../../../policy/texts/cut.js';
import type { ReadLimits } from '../limits.js';
import { MalformedExportError, type FileLocation } from '../malformed-export-error.js';
import { unescaped } from './escapes.js';
import { scalarOf, scalars } from './scalars.js';
import { ClixmlObject, type ClixmlValue, type PropertyName } from './value.js';

export interface TopLevelValue {
  readonly value: ClixmlValue;
  readonly location: FileLocation;
}

/** The elements read so far, over all files of a zip. */
export interface ElementCount {
  elements: number;
}

const namespace = 'http://schemas.microsoft.com/powershell/2004/04';
/** The entities of plain XML. The parser's own table has those of HTML too; this one inherits nothing. */
const predefined: Record<string, string> = Object.assign(Object.create(null) as Record<string, string>, {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
});

const containers = new Set(['LST', 'IE', 'QUE', 'STK']);
/** Of .NET, which the properties do not depend on. */
const typeNames = new Set(['TN', 'TNRef']);

/** An open element, with its text so far or the object that its parts are added to. */
interface Frame {
  readonly element: string;
  readonly name: PropertyName | null;
  readonly object: ClixmlObject | null;
  readonly line: number;
  readonly column: number;
  text: string;
  /** Set in an entry of a dictionary. */
  key?: ClixmlValue;
  value?: ClixmlValue;
}

/** What the parser tells of as it reads. */
export interface Reports {
  readonly value: (top: TopLevelValue) => void;
  /** An element that no CLIXML has; it is skipped with all that it contains. */
  readonly unknown: (element: string, location: FileLocation) => void;
}

/** Reads one file. Throws a MalformedExportError where it is not CLIXML; skips unknown elements. */
export class ClixmlParser {
  private readonly xml: SAXParser;
  private readonly frames: Frame[] = [];
  /** By RefId, which counts from 0. */
  private readonly references: ClixmlObject[] = [];
  private readonly names = new Map<string, PropertyName>();
  /** Depth of the unknown element that is being skipped with all it contains; 0 while none is. */
  private skipping = 0;
  private depth = 0;
  private empty = true;

  constructor(
    private readonly entry: string,
    private readonly limits: ReadLimits,
    private readonly count: ElementCount,
    private readonly report: Reports,
  ) {
    this.xml = sax.parser(true, { position: true });
    this.xml.ENTITIES = predefined;
    this.xml.onopentag = ({ name, attributes }) =>
      this.open(name, attributes as Readonly<Record<string, string>>);
    this.xml.onclosetag = () => this.close();
    this.xml.ontext = (text) => this.text(text);
    this.xml.oncdata = (text) => this.text(text);
    this.xml.ondoctype = () => this.fail('a document type is not allowed.');
    this.xml.onerror = (error) => this.fail(`${error.message.split('\n')[0] ?? 'not XML'}.`);
  }

  write(text: string): void {
    this.xml.write(text);
  }

  end(): void {
    this.xml.close();
    if (this.empty) this.fail('holds no XML.');
  }

  private open(element: string, attributes: Readonly<Record<string, string>>): void {
    this.depth += 1;
    this.count.elements += 1;
    if (this.depth > this.limits.nesting) this.fail(`is nested deeper than ${this.limits.nesting} elements.`);
    if (this.count.elements > this.limits.elements) {
      this.fail(`more than ${this.limits.elements} elements in all files.`);
    }
    if (this.skipping > 0) return;
    if (this.depth === 1) this.root(element, attributes['xmlns']);
    const parent = this.frames.at(-1);
    const frame: Frame = {
      element,
      name: this.nameOf(attributes['N']),
      object: this.objectFor(element, attributes['RefId'], parent),
      line: this.xml.line + 1,
      column: this.xml.column + 1,
      text: '',
    };
    if (frame.object === null && !isLeaf(element)) {
      this.skipping = this.depth;
      const { line, column } = frame;
      if (!typeNames.has(element)) this.report.unknown(element, { entry: this.entry, line, column });
      return;
    }
    this.frames.push(frame);
  }

  private nameOf(attribute: string | undefined): PropertyName | null {
    if (attribute === undefined) return null;
    let name = this.names.get(attribute);
    if (name === undefined) {
      const written = unescaped(attribute);
      name = { written, folded: written.toLowerCase() };
      this.names.set(attribute, name);
    }
    return name;
  }

  private root(element: string, uri: string | undefined): void {
    this.empty = false;
    if (element !== 'Objs')
      this.fail(`is no CLIXML: it begins with <${cutTo(element, 40)}>, not with <Objs>.`);
    if (uri !== undefined && uri !== namespace)
      this.fail(`is no CLIXML: its namespace is ${cutTo(uri, 100)}.`);
  }

  /** The object that an element stands for or whose part it is; null where it holds text or is unknown. */
  private objectFor(
    element: string,
    refId: string | undefined,
    parent: Frame | undefined,
  ): ClixmlObject | null {
    switch (element) {
      case 'Objs':
        return new ClixmlObject();
      case 'Obj': {
        const object = new ClixmlObject();
        const number = numberOf(refId);
        if (number !== null && number <= this.limits.elements) this.references[number] = object;
        return object;
      }
      case 'Ref': {
        const known = this.references[numberOf(refId) ?? -1];
        return (
          known ??
          this.fail(`refers to the object ${cutTo(refId ?? 'without a number', 40)}, which is not there.`)
        );
      }
      case 'Props':
      case 'MS':
        return parent?.object ?? null;
      case 'En':
        return new ClixmlObject();
      case 'DCT':
        if (parent?.object) parent.object.entries ??= [];
        return parent?.object ?? null;
      default:
        if (!containers.has(element)) return null;
        if (parent?.object) parent.object.items ??= [];
        return parent?.object ?? null;
    }
  }

  private text(text: string): void {
    const frame = this.frames.at(-1);
    if (this.skipping > 0 || frame === undefined || frame.object !== null) return;
    frame.text += text;
    if (frame.text.length > this.limits.textLength) {
      this.fail(`a text is longer than ${this.limits.textLength} characters.`);
    }
  }

  private close(): void {
    this.depth -= 1;
    if (this.skipping > 0) {
      if (this.depth < this.skipping) this.skipping = 0;
      return;
    }
    const frame = this.frames.pop();
    const parent = this.frames.at(-1);
    if (frame === undefined || parent === undefined) return;
    if (frame.element === 'ToString') {
      if (parent.object !== null) parent.object.text = unescaped(frame.text);
    } else if (frame.element === 'En') {
      const { key, value } = frame;
      if (key !== undefined) parent.object?.entries?.push({ key, value: value ?? null });
    } else if (frame.object === null || frame.element === 'Obj' || frame.element === 'Ref') {
      this.put(frame, frame.object ?? this.scalar(frame), parent);
    }
  }

  private scalar({ element, text, line, column }: Frame): ClixmlValue {
    const value = scalarOf(element, text);
    if (value !== undefined) return value;
    throw new MalformedExportError(`"${cutTo(text, 40)}" is no <${element}>.`, {
      entry: this.entry,
      line,
      column,
    });
  }

  private put(frame: Frame, value: ClixmlValue, parent: Frame): void {
    const { object, element } = parent;
    if (element === 'Objs') {
      this.report.value({ value, location: { entry: this.entry, line: frame.line, column: frame.column } });
    } else if (element === 'En') {
      if (frame.name?.folded === 'key') parent.key = value;
      else parent.value = value;
    } else if (element === 'Props' || element === 'MS') {
      object?.add(frame.name ?? nameless, value);
    } else if (containers.has(element)) {
      object?.items?.push(value);
    } else if (object !== null) {
      object.inner = value;
    }
  }

  private fail(reason: string): never {
    throw new MalformedExportError(reason, {
      entry: this.entry,
      line: this.xml.line + 1,
      column: this.xml.column + 1,
    });
  }
}

const nameless: PropertyName = { written: '', folded: '' };

function numberOf(refId: string | undefined): number | null {
  const number = refId === undefined || refId === '' ? NaN : Number(refId);
  return Number.isInteger(number) && number >= 0 ? number : null;
}

const isLeaf = (element: string): boolean => element === 'ToString' || scalars.has(element);
