import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessLog } from '../../access/access-log.js';
import { clientAddressOf } from './client-address.js';
import { principalOf } from './principal-of.js';

/** Why a request was refused, for the access log. */
export interface Refusal {
  readonly reason: string;
  /** Where it is known although nothing was proved, such as of an expired key. */
  readonly client?: string | undefined;
  readonly detail?: string;
}

const refusals = new WeakMap<FastifyRequest, Refusal>();

export const noteRefusal = (request: FastifyRequest, refusal: Refusal): void =>
  void refusals.set(request, refusal);

const statuses: readonly number[] = [401, 403, 421];

/** Records a request that was refused at the door, whoever refused it. */
export function recordRefusal(
  log: AccessLog,
  request: FastifyRequest,
  { statusCode: status }: Pick<FastifyReply, 'statusCode'>,
  operation: string | null,
): void {
  // Commands that wait are answered 429 as well: those are no matter of the door.
  if (!statuses.includes(status) && !(status === 429 && refusals.has(request))) return;
  const principal = principalOf(request);
  const { reason, client, detail } = refusals.get(request) ?? {
    reason: status === 401 ? 'no-credentials' : 'role',
  };
  log.record({
    kind: 'refused',
    client: principal?.client ?? client ?? `address:${clientAddressOf(request)}`,
    ...(principal === null ? {} : { actor: principal.actor }),
    ...(operation === null ? {} : { operation }),
    status,
    reason,
    ...(detail === undefined ? {} : { detail: detail.slice(0, 200) }),
  });
}
