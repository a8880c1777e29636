import type { FastifyRequest } from 'fastify';

const addresses = new WeakMap<FastifyRequest, string>();

/** Keeps the address of the client, where a trusted proxy passes its request on. */
export const setClientAddress = (request: FastifyRequest, address: string): void =>
  void addresses.set(request, address);

/** The address of the client: that of the connection, but for requests that a trusted proxy passes on. */
export const clientAddressOf = (request: FastifyRequest): string =>
  addresses.get(request) ?? request.raw.socket.remoteAddress ?? '';
