/** What a request may send, told before its body is read: nothing of a body that is not wanted is parsed, or kept. */
import { PayloadTooLargeException, UnsupportedMediaTypeException, type HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { operationOf } from './poolkeeper-controller.js';

/** What browsers and tools call a zip. No form and no script of another site can send these without asking first. */
export const zipTypes = ['application/zip', 'application/x-zip-compressed', 'application/octet-stream'];

/** The operation that takes a zip; but for lists of users all others take JSON. */
const takesZip = 'add-export';

/** Whether the body of a request for this route is a zip. */
export const isForZip = ({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): boolean =>
  operationOf(routeOptions.config) === takesZip;

/** Lists of users, as files of Export-Csv and Export-Clixml. */
export const listTypes = ['text/csv', 'application/xml', 'text/xml'];

/** The operation that takes a list of users. */
const takesList = 'list-agents';

/** Whether the body of a request for this route is a list of users. */
export const isForList = ({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): boolean =>
  operationOf(routeOptions.config) === takesList;

/** Whether there is a body that would be read: with GET and HEAD none is. */
export const hasBody = ({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/** The error for a body of another type, in another encoding, or announced as too large; null where it is welcome. */
export function refusalOfBody(request: FastifyRequest, limit: number): HttpException | null {
  if (!hasBody(request)) return null;
  const { headers } = request;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    return new UnsupportedMediaTypeException('encoded');
  }
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isWanted = isForZip(request)
    ? zipTypes.includes(type)
    : isForList(request)
      ? listTypes.includes(type)
      : /^application\/(?:[^;]+\+)?json$/.test(type);
  if (!isWanted) return new UnsupportedMediaTypeException();
  return Number(headers['content-length'] ?? 0) > limit ? new PayloadTooLargeException() : null;
}
