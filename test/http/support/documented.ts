/** What the service answers, held against its documentation: every helper that asks the service passes the answer through here. */
import { Documentation, escaped, type DescribedResponse, type Found } from './documentation.js';

export interface Exchange {
  readonly method: string;
  /** Without the address of the service. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Null where it is not read as a whole: then all but the body is checked. */
  readonly text: string | null;
}

let read: Documentation | null = null;
export const documentation = (): Documentation => (read ??= new Documentation());

/** @throws where the answer is not as documented */
export function mustBeDocumented(exchange: Exchange): void {
  const misfit = misfitOf(exchange);
  if (misfit === null) return;
  const { method, url, status, text } = exchange;
  throw new Error(
    `${method} ${url.slice(0, 500)} answered ${status} other than documented: ${misfit}\n${(text ?? '').slice(0, 2_000)}`,
  );
}

/** Asks over a connection; the body is left to whoever reads it. */
export async function documentedFetch(url: URL, request: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, request);
  const { status, headers } = response;
  const { method = 'GET' } = request;
  mustBeDocumented({ method, url: url.pathname, status, headers: Object.fromEntries(headers), text: null });
  return response;
}

/** @throws where the data of an event of a live feed is not as documented */
export function eventMustBeDocumented(path: string, data: unknown): void {
  const found = documentation().operationAt('GET', path.split('?')[0] ?? '');
  const pointer = found?.pointer ?? '';
  const schemaAt = `#${pointer}/responses/200/content/${escaped('text/event-stream')}/schema/contentSchema`;
  const misfit = found === null ? 'no operation has this address' : documentation().misfitOf(schemaAt, data);
  if (misfit !== null) {
    throw new Error(`${path} sent other than documented: ${misfit}\n${JSON.stringify(data).slice(0, 2_000)}`);
  }
}

/** What HTTP itself forbids can happen at any address. */
const ofHttp: readonly number[] = [405, 408, 414, 431];

function misfitOf(exchange: Exchange): string | null {
  const { method, status } = exchange;
  const [path = ''] = exchange.url.split('?');
  if (/^\/docs($|[-/])/.test(path)) return null;
  const found = isDecodable(path) ? documentation().operationAt(method, path) : null;
  if (found === null && status < 400) return 'no operation has this address';
  return found === null || ofHttp.includes(status)
    ? misfitOfProblem(exchange)
    : misfitOfAnswer(found, exchange);
}

function misfitOfAnswer(found: Found, exchange: Exchange): string | null {
  const { method, status, headers, text } = exchange;
  const described = documentation().responseOf(found, status);
  if (described === null) return `status ${status} is not documented`;
  const { response, at } = described;
  const strange = ['etag', 'retry-after', 'vary', 'content-disposition'].find(
    (name) => headers[name] !== undefined && !documents(response, name),
  );
  if (strange !== undefined) return `the header ${strange} is not documented`;
  if (headers['x-request-id'] === undefined) return 'the header X-Request-Id is missing';
  const mediaType = mediaTypeIn(headers);
  const content = response.content?.[mediaType];
  const isEmpty = method === 'HEAD' || response.content === undefined;
  if (isEmpty) return (text ?? '') === '' ? null : 'it has a body';
  if (content === undefined) return `the media type ${mediaType} is not documented`;
  if (text === null) return null;
  const schemaAt = `${at}/content/${escaped(mediaType)}/schema`;
  if (isJson(mediaType)) return documentation().misfitOf(schemaAt, JSON.parse(text));
  return content.schema.contentSchema === undefined ? null : misfitOfLines(`${schemaAt}/contentSchema`, text);
}

function misfitOfLines(schemaAt: string, text: string): string | null {
  for (const line of text.split('\n')) {
    const misfit = line === '' ? null : documentation().misfitOf(schemaAt, JSON.parse(line));
    if (misfit !== null) return misfit;
  }
  return null;
}

/** Of an address that is none of the service's. */
const misfitOfProblem = ({ method, text, headers }: Exchange): string | null => {
  if (mediaTypeIn(headers) !== 'application/problem+json') return 'it is no problem document';
  if (text === null || (text === '' && method === 'HEAD')) return null;
  return documentation().misfitOf('#/components/schemas/ProblemDocument', JSON.parse(text));
};

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

const documents = ({ headers = {} }: DescribedResponse, name: string): boolean =>
  Object.keys(headers).some((known) => known.toLowerCase() === name);

function mediaTypeIn(headers: Exchange['headers']): string {
  const given = headers['content-type'];
  return typeof given === 'string' ? (given.split(';')[0] ?? '') : '';
}

export const isJson = (mediaType: string): boolean => /[/+]json$/.test(mediaType);
