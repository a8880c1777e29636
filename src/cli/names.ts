/** Names where ids are asked: looked up before a command is sent. What no name fits is sent as it is, for the service to judge. */
import { objectKinds, type ObjectKind } from '../../events/vocabulary.js';
import { sameName } from '../../policy/names.js';
import { few } from '../../policy/texts/few.js';
import type { ExportSummary } from '../../projections/exports/view.js';
import type { Client } from './client.js';
import { CliError, exitCodes } from './exit-codes.js';
import { printedOutline } from './exports/list.js';

type Body = Readonly<Record<string, unknown>>;

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

/** The body with ids where it has names. @throws CliError with the candidates where a name is of several */
export async function withIds(body: Body, command: string, client: Client): Promise<Body> {
  const pool = textIn(body, 'pool');
  const destination = textIn(body, 'destination');
  const exportId = textIn(body, 'exportId');
  if (destination !== undefined && exportId !== undefined) {
    return { ...body, exportId: (await exportIdOf(client, destination, exportId)) ?? exportId };
  }
  const named = Object.entries(idFields).find(([field]) => textIn(body, field) !== undefined);
  const [field, kind] = named ?? (isOfObject(command) ? ['id', kindIn(body)] : []);
  const given = field === undefined ? undefined : textIn(body, field);
  if (pool === undefined || field === undefined || kind === undefined || given === undefined) return body;
  return { ...body, [field]: (await objectIdOf(client, pool, kind, given)) ?? given };
}

const isOfObject = (command: string): boolean => command === 'modify-object' || command === 'remove-object';

const kindIn = (body: Body): ObjectKind | undefined => objectKinds.find((kind) => kind === body['kind']);

const textIn = (body: Body, field: string): string | undefined => {
  const value = body[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const pathOf = (pool: string): string => `/v1/pools/${encodeURIComponent(pool)}`;

async function objectIdOf(
  client: Client,
  pool: string,
  kind: ObjectKind,
  given: string,
): Promise<string | null> {
  const answer = await client.view(`${pathOf(pool)}/visibility`, { kind });
  if (answer.status !== 200) return null;
  const { objects } = await client.read('visibility', answer);
  if (objects.some(({ id }) => id === given)) return null;
  const copies = objects.filter(({ name }) => sameName(name, given));
  const candidates = [...new Map(copies.map((copy) => [copy.id, copy])).values()];
  return onlyOf(
    candidates.map(({ id, name, owner }) => ({ id, word: `${name} of ${owner}, id ${id}` })),
    `${kind} objects`,
    given,
  );
}

/** Of either pool of the pair. @returns null where it is an id, or no name of an export */
export async function exportIdOf(client: Client, pool: string, given: string): Promise<string | null> {
  const answer = await client.view(pathOf(pool));
  if (answer.status !== 200) return null;
  const view = await client.read('pool', answer);
  const pools = 'partner' in view ? [pool, view.partner] : [pool];
  const lists = await Promise.all(pools.map(async (one) => await exportsOf(client, one)));
  if (lists.flat().some(({ id }) => id === given)) return null;
  const isNamed = ({ fileName, filePath }: ExportSummary): boolean =>
    filePath === given || (fileName !== null && sameName(fileName, given));
  // A file of the pool that was named comes first; the nights of one name are told apart by their times.
  const found = lists.map((list) => list.filter(isNamed)).find((list) => list.length > 0) ?? [];
  return onlyOf(
    found.toReversed().map((one) => ({ id: one.id, word: `${printedOutline(one)}, id ${one.id}` })),
    'exports',
    given,
  );
}

async function exportsOf(client: Client, pool: string): Promise<readonly ExportSummary[]> {
  const answer = await client.view(`${pathOf(pool)}/exports`);
  return answer.status === 200 ? (await client.read('exports', answer)).exports : [];
}

function onlyOf(candidates: readonly Named[], what: string, given: string): string | null {
  const [only] = candidates;
  if (candidates.length <= 1) return only?.id ?? null;
  const list = few(candidates, { word: ({ word }) => word, separator: '; ' });
  throw new CliError(
    `${candidates.length} ${what} have the name "${given}": give the id of one. They are: ${list}.`,
    exitCodes.usage,
  );
}
