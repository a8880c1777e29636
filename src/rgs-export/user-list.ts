/** Lists of users, as Get-CsUser gives them and Export-Csv or Export-Clixml writes them: who may be an agent, and where. */
import { agentOnRecord, sipAddress } from '../../policy/sip.js';
import { TextPieces } from './clixml/decoder.js';
import { ClixmlParser } from './clixml/parser.js';
import { ClixmlObject, itemsOf, textOf, type ClixmlValue } from './clixml/value.js';
import { csvRows } from './csv.js';
import { defaultLimits } from './limits.js';
import { MalformedExportError } from './malformed-export-error.js';

export interface ListedUser {
  /** The line of the file where it begins; from 1. */
  readonly line: number;
  readonly address: string;
  readonly homePool: string;
  readonly enabled: boolean | null;
  readonly enterpriseVoice: boolean | null;
}

/** A row that cannot be understood: its line, and the field. */
export interface RowError {
  readonly line: number;
  readonly field: string;
  readonly detail: string;
}

export interface UserList {
  readonly users: readonly ListedUser[];
  readonly errors: readonly RowError[];
}

/** Users that one list may have. */
export const mostUsers = 20_000;
/** Errors that are named. */
const mostErrors = 100;
const name = 'The list';

type Fields = ReadonlyMap<string, string | null>;
interface Row {
  readonly line: number;
  readonly fields: Fields;
  /** The first title that has no cell in this row: the file is cut off there; absent in whole rows. */
  readonly cutBefore?: string;
}

const listing = 'Get-CsUser | Select-Object SipAddress, RegistrarPool, Enabled, EnterpriseVoiceEnabled';
const homeFields = ['registrarpool', 'homeserver'] as const;
const flagFields = ['enabled', 'enterprisevoiceenabled'] as const;
/** All that is read of a user. */
const readFields: ReadonlySet<string> = new Set(['sipaddress', ...homeFields, ...flagFields]);

/** @throws MalformedExportError where it is no such file */
export function readUserList(bytes: Uint8Array): UserList {
  const text = decoded(bytes);
  if (text.trim() === '') throw new MalformedExportError('holds nothing.', { entry: name });
  const rows = text.trimStart().startsWith('<') ? rowsOfClixml(text) : rowsOfCsv(text);
  if (rows.length > mostUsers) {
    throw new MalformedExportError(
      `has ${rows.length} users; a list may have ${mostUsers}. Send it in parts.`,
      { entry: name },
    );
  }
  const users: ListedUser[] = [];
  const errors: RowError[] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const user = userIn(row, errors);
    if (user === null) continue;
    const before = seen.get(user.address);
    if (before !== undefined) {
      errors.push({
        line: row.line,
        field: 'SipAddress',
        detail: `${user.address} is in line ${before} already.`,
      });
    }
    seen.set(user.address, row.line);
    users.push(user);
  }
  return { users, errors: errors.slice(0, mostErrors) };
}

function decoded(bytes: Uint8Array): string {
  const pieces = new TextPieces(name);
  try {
    const text = (pieces.text(bytes) + pieces.end()).replace(/^\uFEFF/, '');
    // UTF-32, or UTF-16 without its mark, read as if it was something else.
    if (!text.includes('\0')) return text;
  } catch (error) {
    if (!(error instanceof MalformedExportError)) throw error;
  }
  throw new MalformedExportError(
    'holds bytes that are no UTF-8 text, nor UTF-16 with its mark; write it with -Encoding UTF8.',
    { entry: name },
  );
}

function rowsOfCsv(text: string): readonly Row[] {
  const [titles, ...rows] = csvRows(text);
  const given = (titles?.cells ?? []).map((title) => title.trim());
  const names = given.map((title) => title.toLowerCase());
  demandFields(new Set(names), 'column', 'Export-Csv', titles?.line ?? 1);
  const twice = given.find(
    (_, index) => readFields.has(names[index] ?? '') && names.indexOf(names[index] ?? '') < index,
  );
  if (twice !== undefined) {
    throw new MalformedExportError(`has two columns ${twice}: which of them counts cannot be told.`, {
      entry: name,
      line: titles?.line ?? 1,
      column: 1,
    });
  }
  return rows
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ line, cells }) => {
      // Which cell belongs to which title cannot be told.
      if (cells.length > names.length) {
        throw new MalformedExportError(
          `has ${cells.length} cells under ${names.length} titles; values that hold a separator need quotation marks (Export-Csv without -UseQuotes Never).`,
          { entry: name, line, column: 1 },
        );
      }
      const cutBefore = given.slice(cells.length).find((title) => title !== '');
      const fields = new Map(names.map((field, index) => [field, cells[index] ?? null]));
      return { line, fields, ...(cutBefore === undefined ? {} : { cutBefore }) };
    });
}

function demandFields(names: ReadonlySet<string>, what: string, cmdlet: string, line: number): void {
  const missing = [
    ...(names.has('sipaddress') ? [] : ['SipAddress']),
    ...(homeFields.some((field) => names.has(field)) ? [] : ['RegistrarPool (or HomeServer)']),
  ];
  if (missing.length === 0) return;
  throw new MalformedExportError(
    `has no ${what} ${missing.join(` and no ${what} `)}; write it with ${listing} | ${cmdlet}.`,
    { entry: name, line, column: 1 },
  );
}

function rowsOfClixml(text: string): readonly Row[] {
  const rows: Row[] = [];
  const add = (value: ClixmlValue, line: number): void => {
    for (const item of itemsOf(value)) {
      if (!(item instanceof ClixmlObject)) continue;
      const fields = item.properties.map(
        ({ name: { folded }, value: given }) => [folded, oneTextOf(given)] as const,
      );
      rows.push({ line, fields: new Map(fields) });
    }
  };
  const parser = new ClixmlParser(
    name,
    { ...defaultLimits, elements: 5_000_000 },
    { elements: 0 },
    {
      value: ({ value, location }) => add(value, location.line ?? 1),
      unknown: () => undefined,
    },
  );
  parser.write(text);
  parser.end();
  const names = new Set(rows.flatMap(({ fields }) => [...fields.keys()]));
  if (rows.length > 0) demandFields(names, 'property', 'Export-Clixml', rows[0]?.line ?? 1);
  return rows;
}

/** Of a list of one, what it holds. */
function oneTextOf(value: ClixmlValue): string | null {
  const [one = null, ...more] = itemsOf(value);
  return textOf(more.length === 0 ? one : value);
}

/** Null where the row is wrong, or of a user who is homed nowhere. */
function userIn({ line, fields, cutBefore }: Row, errors: RowError[]): ListedUser | null {
  const fail = (field: string, detail: string): null => {
    errors.push({ line, field, detail });
    return null;
  };
  if (cutBefore !== undefined)
    return fail(
      cutBefore,
      'is missing: the row ends before it, as in a file that is cut off. Write the list again.',
    );
  const given = (fields.get('sipaddress') ?? '').trim().toLowerCase();
  const address = given.startsWith('sip:') ? given : `sip:${given}`;
  if (!isAddress(address)) return fail('SipAddress', whyNoAddress(given));
  const [inRegistrarPool = '', inHomeServer = ''] = homeFields.map((field) =>
    (fields.get(field) ?? '').trim(),
  );
  const [homeField, home] =
    inRegistrarPool === '' && inHomeServer !== ''
      ? ['HomeServer', inHomeServer]
      : ['RegistrarPool', inRegistrarPool];
  if (home === '')
    return fail(
      'RegistrarPool',
      `is empty: ${address} is homed in no pool. Leave such users out: Get-CsUser | Where-Object RegistrarPool.`,
    );
  const homePool = poolIn(home);
  if (homePool === null) {
    return fail(
      homeField,
      isDistinguishedName(home)
        ? `"${home.slice(0, 80)}" is a name in the directory: it has a number or a short name there, and not the FQDN of a pool. Have the list give RegistrarPool: ${listing}.`
        : `"${home.slice(0, 80)}" names no pool.`,
    );
  }
  const flags = flagFields.map((field) => flagOf(fields.get(field)));
  const wrong = flags.indexOf('wrong');
  if (wrong >= 0)
    return fail(wrong === 0 ? 'Enabled' : 'EnterpriseVoiceEnabled', 'is neither True nor False.');
  const [enabled = null, enterpriseVoice = null] = flags.map((flag) => (flag === 'wrong' ? null : flag));
  return { line, address, homePool, enabled, enterpriseVoice };
}

/** As commands take them: of new agents by RFC 3261, and as they are on record from before that was checked. */
const isAddress = (address: string): boolean =>
  sipAddress.test(address) || (agentOnRecord.test(address) && !address.includes('?'));

function whyNoAddress(given: string): string {
  if (given === '') return 'is empty.';
  return `"${given.slice(0, 80)}" ${
    given.includes('?')
      ? 'has a question mark, as in a file that was written as ASCII and lost a letter there: write it with -Encoding UTF8.'
      : 'is no SIP address.'
  }`;
}

/** The name by itself, or after `Registrar:` as topologies name the service. */
function poolIn(text: string): string | null {
  const pool = /^(?:(?:service:)?(?:registrar|userserver):)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i.exec(text)?.[1];
  return pool === undefined || pool.length > 253 ? null : pool.toLowerCase();
}

/** `CN=Lc Services,CN=Microsoft,CN=1:1,CN=Pools,…`, as HomeServer has it. */
const isDistinguishedName = (text: string): boolean => /^(?:cn|ou|dc)=[^,]+,/i.test(text);

function flagOf(text: string | null | undefined): boolean | null | 'wrong' {
  const word = (text ?? '').trim().toLowerCase();
  if (word === '') return null;
  return word === 'true' ? true : word === 'false' ? false : 'wrong';
}
