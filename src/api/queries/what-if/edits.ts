/** Edits as a request gives them, checked one by one: a wrong one is named by its pointer. */
import type { ClassConstructor } from 'class-transformer';
import { identifierPattern } from '../../../../policy/ids.js';
import { into } from '../../../../policy/json-pointer.js';
import { limits } from '../../../../policy/limits.js';
import { barredCharacterIn } from '../../../../policy/texts/characters.js';
import type { Edit } from '../../../../projections/what-if/plan.js';
import type { FieldError } from '../../../domain/decision.js';
import { ErrorList } from '../../../domain/error-list.js';
import { choiceErrors } from '../../../domain/reading-choice.js';
import type { AskedAlternative } from '../../../runtime/queries/what-if/what-if-queries.js';
import { addable, isAddable } from './addable.js';
import { timePattern } from '../../commands/dated.dto.js';
import { checked } from '../../http/body.pipe.js';
import { InvalidRequestError } from '../../http/errors.js';
import { utcOf } from '../../http/time.js';

export const most = { alternatives: 10, edits: 100 } as const;

type Member = Readonly<Record<string, unknown>>;

const isMember = (value: unknown): value is Member =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws InvalidRequestError */
export function alternativesOf(given: readonly unknown[]): readonly AskedAlternative[] {
  const errors = new ErrorList();
  if (given.length === 0 || given.length > most.alternatives) {
    errors.add('/alternatives', `must be 1 to ${most.alternatives} alternatives; there are ${given.length}.`);
  }
  const names = new Set<string>();
  const alternatives = given.slice(0, most.alternatives).flatMap((one, index) => {
    const pointer = `/alternatives/${index}`;
    if (!isMember(one)) {
      errors.add(pointer, 'must be an object with a name and edits.');
      return [];
    }
    const name = nameIn(one, pointer, names, errors);
    const strange = Object.keys(one).filter((field) => field !== 'name' && field !== 'edits');
    for (const field of strange)
      errors.add(into(pointer, field), 'is not a field here; allowed: name, edits.');
    return [{ name, edits: editsIn(one['edits'], pointer, errors) }];
  });
  if (errors.count > 0) throw new InvalidRequestError(errors.all);
  return alternatives;
}

function nameIn({ name }: Member, pointer: string, names: Set<string>, errors: ErrorList): string {
  if (
    typeof name !== 'string' ||
    name === '' ||
    name.length > limits.name ||
    barredCharacterIn(name) !== null
  ) {
    errors.add(`${pointer}/name`, `must be 1 to ${limits.name} characters of text.`);
    return '';
  }
  if (names.has(name)) errors.add(`${pointer}/name`, `"${name}" names an alternative before it already.`);
  names.add(name);
  return name;
}

function editsIn(edits: unknown, pointer: string, errors: ErrorList): readonly Edit[] {
  if (!Array.isArray(edits)) {
    errors.add(`${pointer}/edits`, 'must be a list of edits; an empty one changes nothing.');
    return [];
  }
  if (edits.length > most.edits) {
    errors.add(
      `${pointer}/edits/${most.edits}`,
      `is one too many: an alternative has up to ${most.edits} edits, and this one has ${edits.length}.`,
    );
    return [];
  }
  return edits.flatMap((edit: unknown, index) => editIn(edit, `${pointer}/edits/${index}`, errors) ?? []);
}

const kinds = ['drop', 'move', 'add', 'reading'] as const;

function editIn(edit: unknown, pointer: string, errors: ErrorList): Edit | null {
  const [kind, ...others] = isMember(edit) ? Object.keys(edit) : [];
  const inner = isMember(edit) && kind !== undefined ? edit[kind] : undefined;
  const known = kinds.find((one) => one === kind);
  if (known === undefined || others.length > 0 || !isMember(inner)) {
    errors.add(pointer, `must have exactly one of ${kinds.join(', ')}, with an object.`);
    return null;
  }
  const found = new Fields(inner, `${pointer}/${known}`, errors);
  const before = errors.count;
  const read = readers[known](found);
  found.nothingElse();
  return errors.count === before ? read : null;
}

/** The fields of one edit. */
class Fields {
  private readonly known: string[] = [];

  constructor(
    private readonly inner: Member,
    readonly pointer: string,
    readonly errors: ErrorList,
  ) {}

  /** Its index among the edits of its alternative. */
  get edit(): string {
    return this.pointer.split('/').at(-2) ?? '';
  }

  text(name: string, isFine: (text: string) => boolean, what: string): string {
    const value = this.value(name);
    if (typeof value === 'string' && isFine(value)) return value;
    this.errors.add(`${this.pointer}/${name}`, `must be ${what}.`);
    return '';
  }

  event(): string {
    return this.text(
      'event',
      (text) => identifierPattern.test(text),
      'the id of an event, as the audit trail shows it',
    );
  }

  time(name: string): string {
    const what = 'an RFC 3339 time with an offset, such as 2026-11-24T10:05:00Z';
    const text = this.text(name, (one) => timePattern.test(one), what);
    if (text === '') return text;
    return this.tried('', () => utcOf(`/${name}`, text)) ?? '';
  }

  value(name: string): unknown {
    this.known.push(name);
    return this.inner[name];
  }

  nothingElse(): void {
    for (const name of Object.keys(this.inner)) {
      if (this.known.includes(name)) continue;
      this.errors.add(into(this.pointer, name), `is not a field here; allowed: ${this.known.join(', ')}.`);
    }
  }

  /** What a check makes, whose errors are put below the edit; null where there are any. */
  tried<Value>(below: string, check: () => Value, remark = ''): Value | null {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      this.errors.addAll(
        error.errors.map(({ pointer, detail }) => this.under(below, { pointer, detail: detail + remark })),
      );
      return null;
    }
  }

  under(below: string, { pointer, detail }: FieldError): FieldError {
    return { pointer: `${this.pointer}${below}${pointer}`, detail };
  }
}

const readers: Readonly<Record<(typeof kinds)[number], (fields: Fields) => Edit>> = {
  drop: (fields) => ({ drop: { event: fields.event() } }),
  move: (fields) => ({ move: { event: fields.event(), to: fields.time('to') } }),
  reading: (fields) => {
    const isText = (text: string): boolean => text !== '';
    const reading = fields.text('reading', isText, 'the id of a reading');
    const choice = fields.text('choice', isText, 'one of its choices');
    const pointers = { reading: '/reading', choice: '/choice' };
    const wrong = reading === '' || choice === '' ? [] : choiceErrors(reading, choice, pointers);
    fields.errors.addAll(wrong.map((error) => fields.under('', error)));
    return { reading: { reading, choice } };
  },
  add: (fields) => {
    const command = fields.text(
      'command',
      isAddable,
      `a command that can be added; allowed: ${Object.keys(addable).join(', ')}`,
    );
    return { add: { command, body: bodyIn(fields, command), at: fields.time('at') } };
  },
};

function bodyIn(fields: Fields, command: string): object {
  const body = fields.value('body');
  if (!isAddable(command)) return {};
  if (!isMember(body)) {
    fields.errors.add(`${fields.pointer}/body`, `must be the body of ${command}, an object.`);
    return {};
  }
  const metatype: ClassConstructor<object> = addable[command];
  const remark = ` It is in the body of ${command}, which edit ${fields.edit} adds.`;
  const { occurredAt, ...rest } = {
    ...fields.tried('/body', () => checked(body, metatype), remark),
  } as Member;
  if (occurredAt !== undefined) {
    fields.errors.add(
      `${fields.pointer}/body/occurredAt`,
      'is not a field here: `at` says when it is given.',
    );
  }
  return Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined && value !== null),
  );
}
