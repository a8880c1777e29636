import type { FastifyRequest } from 'fastify';
import { preferredFormat } from '../queries/audit/audit-formats.js';

/** Whether the answer is asked for as a file to keep. A format that is given twice is refused later: until then it counts. */
export function wantsFile({ query, headers }: Pick<FastifyRequest, 'query' | 'headers'>): boolean {
  const format = typeof query === 'object' && query !== null && 'format' in query ? query.format : undefined;
  return (format ?? preferredFormat(headers.accept)) !== 'json';
}
