/** Names where ids are asked: looked up before a command is sent. What no name fits is sent as it is, for the service to judge. */
import { objectKinds, type ObjectKind } from '../../events/vocabulary.js';
import { sameName } from '../../policy/names.js';
import { few } from '../../policy/texts/few.js';
import type { ExportSummary } from '../../projections/exports/view.js';
import type { Client } from './client.js';
import { CliError, exitCodes } from './exit-codes.js';
import { printedOutline } from './exports/list.js';

type Body = Readonly<Record<string, unknown>>;
/** As much of the service as names are looked up with. */
type Reader = Pick<Client, 'view' | 'read'>;

/** The fields that are ids of objects: a kind, or the field that says it. */
const idFields: Readonly<Record<string, ObjectKind | undefined>> = {
  responseGroup: 'workflow',
  agentGroup: 'agent-group',
};

interface Named {
  readonly id: string;
  /** Of the candidate, as people tell it from others. */
  readonly word: string;
}

export interface WithIds {
  readonly body: Body;
  /** What there is, where something was named that is not there; the service may refuse it. */
  readonly hint: string | null;
}

/** The body with ids where it has names. @throws CliError with the candidates where a name is of several */
export async function withIds(body: Body, command: string, client: Reader): Promise<WithIds> {
  const pool = textIn(body, 'pool');
  const destination = textIn(body, 'destination');
  const exportId = textIn(body, 'exportId');
  if (destination !== undefined && exportId !== undefined) {
    const found = await exportNamed(client, destination, exportId);
    return { body: { ...body, exportId: found.id ?? exportId }, hint: found.hint };
  }
  const named = Object.entries(idFields).find(([field]) => textIn(body, field) !== undefined);
  const [field, kind] = named ?? (isOfObject(command) ? ['id', kindIn(body)] : []);
  const given = field === undefined ? undefined : textIn(body, field);
  if (pool === undefined || field === undefined || kind === undefined || given === undefined) {
    return { body, hint: null };
  }
  const found = await objectNamed(client, pool, kind, given);
  return { body: { ...body, [field]: found.id ?? given }, hint: found.hint };
}

const isOfObject = (command: string): boolean => command === 'modify-object' || command === 'remove-object';

const kindIn = (body: Body): ObjectKind | undefined => objectKinds.find((kind) => kind === body['kind']);

const textIn = (body: Body, field: string): string | undefined => {
  const value = body[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const pathOf = (pool: string): string => `/v1/pools/${encodeURIComponent(pool)}`;

/** The id null: it is one, or nothing has the name. */
interface Found {
  readonly id: string | null;
  readonly hint: string | null;
}

const nothing: Found = { id: null, hint: null };

async function objectNamed(client: Reader, pool: string, kind: ObjectKind, given: string): Promise<Found> {
  const answer = await client.view(`${pathOf(pool)}/visibility`, { kind });
  if (answer.status !== 200) return nothing;
  const { objects } = await client.read('visibility', answer);
  if (objects.some(({ id }) => id === given)) return nothing;
  const known = [...new Map(objects.map((copy) => [copy.id, copy])).values()];
  const candidates = known.filter(({ name }) => sameName(name, given));
  const named = ({ id, name, owner }: (typeof known)[number]): Named => ({
    id,
    word: `${name} of ${owner}, id ${id}`,
  });
  return onlyOf(candidates.map(named), known.map(named), { what: kind, given });
}

/** Of either pool of the pair. */
export async function exportNamed(client: Reader, pool: string, given: string): Promise<Found> {
  const answer = await client.view(pathOf(pool));
  if (answer.status !== 200) return nothing;
  const view = await client.read('pool', answer);
  const pools = 'partner' in view ? [pool, view.partner] : [pool];
  const lists = await Promise.all(pools.map(async (one) => await exportsOf(client, one)));
  if (lists.flat().some(({ id }) => id === given)) return nothing;
  const isNamed = ({ fileName, filePath }: ExportSummary): boolean =>
    filePath === given || (fileName !== null && sameName(fileName, given));
  // A file of the pool that was named comes first; the nights of one name are told apart by their times.
  const found = lists.map((list) => list.filter(isNamed)).find((list) => list.length > 0) ?? [];
  const named = (one: ExportSummary): Named => ({
    id: one.id,
    word: `${printedOutline(one)}, id ${one.id}`,
  });
  const all = lists.flatMap((list) => list.toReversed());
  return onlyOf(found.toReversed().map(named), all.map(named), { what: 'export', given });
}

async function exportsOf(client: Reader, pool: string): Promise<readonly ExportSummary[]> {
  const answer = await client.view(`${pathOf(pool)}/exports`);
  return answer.status === 200 ? (await client.read('exports', answer)).exports : [];
}

function onlyOf(
  candidates: readonly Named[],
  known: readonly Named[],
  { what, given }: { readonly what: string; readonly given: string },
): Found {
  const [only] = candidates;
  const list = (some: readonly Named[]): string => few(some, { word: ({ word }) => word, separator: '; ' });
  if (only === undefined) {
    const hint = `No ${what} has the id or the name "${given}".`;
    return { id: null, hint: known.length === 0 ? hint : `${hint} There are: ${list(known)}.` };
  }
  if (candidates.length === 1) return { id: only.id, hint: null };
  throw new CliError(
    `${candidates.length} ${what}s have the name "${given}": give the id of one. They are: ${list(candidates)}.`,
    exitCodes.usage,
  );
}
