import type { FastifyRequest } from 'fastify';

export const queryOf = ({ query }: Pick<FastifyRequest, 'query'>): Readonly<Record<string, unknown>> =>
  typeof query === 'object' && query !== null ? { ...query } : {};

/** Whether a command is asked for as a preview. */
export const wantsPreview = (request: Pick<FastifyRequest, 'query'>): boolean =>
  queryOf(request)['preview'] === 'true';
