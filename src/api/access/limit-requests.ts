import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Proof } from '../../access/authenticator.js';
import type { ClientLimits, Limited } from '../../access/limits/client-limits.js';
import { tooManyRequests } from '../http/access-problems.js';
import { noteRefusal } from './refusals.js';

/** Takes a request of whoever asks, once that is known. */
export type Charge = (proof: Proof) => void;

export const free: Charge = () => undefined;

/**
 * Says in the answer how often its client may still ask.
 * @returns what throws ProblemError 429 where the client asks too often
 */
export const chargeTo =
  (limits: ClientLimits | null, address: string, request: FastifyRequest, reply: FastifyReply): Charge =>
  (proof) => {
    if (limits === null) return;
    const limited = limits.take(proof, address);
    void reply.header('ratelimit-policy', policyOf(limited));
    void reply.header('ratelimit', `"${limited.policy}";r=${limited.remaining};t=${limited.seconds}`);
    if (limited.isAllowed) return;
    const client = proof?.client;
    noteRefusal(request, { reason: 'too-many-requests', detail: limited.policy, client });
    throw tooManyRequests(limited);
  };

const policyOf = ({ policy, burst, window }: Limited): string => `"${policy}";q=${burst};w=${window}`;
