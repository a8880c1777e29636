/** What a request may send, told before its body is read: nothing of a body that is not wanted is parsed, or kept. */
import { PayloadTooLargeException, UnsupportedMediaTypeException, type HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { operationOf } from './operation-of.js';

export interface ExpectedBody {
  /** The types that are taken; null: JSON, under whatever name ends in it. */
  readonly types: readonly string[] | null;
  /** How errors name them. */
  readonly asked: readonly string[];
  /** What is larger than the service accepts, and what to do. */
  readonly tooLarge: string;
}

/** Bytes of a list of users. */
export const maxListBytes = 32 * 1_024 * 1_024;

const json: ExpectedBody = {
  types: null,
  asked: ['application/json'],
  tooLarge: 'The body is larger than the service accepts (MAX_BODY_BYTES).',
};

/** What browsers and tools call a zip. No form and no script of another site can send these without asking first. */
const zip: ExpectedBody = {
  types: ['application/zip', 'application/x-zip-compressed', 'application/octet-stream'],
  asked: ['application/zip'],
  tooLarge: 'The body is larger than the service accepts (MAX_EXPORT_BYTES).',
};

/** Lists of users, as files of Export-Csv and Export-Clixml. */
const userList: ExpectedBody = {
  types: ['text/csv', 'application/xml', 'text/xml'],
  asked: ['text/csv', 'application/xml'],
  tooLarge: `A list of users may have ${maxListBytes} bytes: send it in parts, or with fewer properties.`,
};

export const zipTypes = zip.types ?? [];
export const listTypes = userList.types ?? [];

/** By operation: all others take JSON. */
const expected: Readonly<Record<string, ExpectedBody>> = { 'add-export': zip, 'list-agents': userList };

type ForRoute = Pick<FastifyRequest, 'routeOptions'>;

export const expectedBody = ({ routeOptions }: ForRoute): ExpectedBody =>
  expected[operationOf(routeOptions.config) ?? ''] ?? json;

/** Whether the body of a request for this route is a zip. */
export const isForZip = (request: ForRoute): boolean => expectedBody(request) === zip;

/** Whether the body of a request for this route is a list of users. */
export const isForList = (request: ForRoute): boolean => expectedBody(request) === userList;

/** Whether there is a body that would be read: with GET and HEAD none is. */
export const hasBody = ({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/** Whether it is compressed, or otherwise not sent as it is. */
const isEncoded = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean => {
  const encoding = headers['content-encoding'];
  return encoding !== undefined && encoding.trim().toLowerCase() !== 'identity';
};

/** The error for a body of another type, in another encoding, or announced as too large; null where it is welcome. */
export function refusalOfBody(request: FastifyRequest, limit: number): HttpException | null {
  if (!hasBody(request)) return null;
  const { headers } = request;
  if (isEncoded(request)) return new UnsupportedMediaTypeException();
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const { types } = expectedBody(request);
  const isWanted = types === null ? /^application\/(?:[^;]+\+)?json$/.test(type) : types.includes(type);
  if (!isWanted) return new UnsupportedMediaTypeException();
  return Number(headers['content-length'] ?? 0) > limit ? new PayloadTooLargeException() : null;
}

/** What a body that was refused for its type or encoding is to be sent as. */
export function howToSend(request: ForRoute & Pick<FastifyRequest, 'headers'>): string {
  const as = `Send the body as ${expectedBody(request).asked.join(' or ')}`;
  return isEncoded(request) ? `${as}, as it is: without a Content-Encoding.` : `${as}.`;
}
