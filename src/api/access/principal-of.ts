import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../access/principal.js';

const principals = new WeakMap<FastifyRequest, Principal>();

/** Keeps who asks, for whatever handles the request. */
export const setPrincipal = (request: FastifyRequest, principal: Principal): void =>
  void principals.set(request, principal);

/** Who asks; null where the operation is for everybody and nothing was proved. */
export const principalOf = (request: FastifyRequest): Principal | null => principals.get(request) ?? null;

/** @throws where nobody was admitted: the guard has not seen the request */
export function requiredPrincipal(request: FastifyRequest): Principal {
  const principal = principals.get(request);
  if (principal === undefined) throw new Error('The request was handled before it was known who asks.');
  return principal;
}

/** A parameter of a handler: who asks. */
export const AskedBy = createParamDecorator((_: undefined, context: ExecutionContext): Principal =>
  requiredPrincipal(context.switchToHttp().getRequest<FastifyRequest>()),
);
