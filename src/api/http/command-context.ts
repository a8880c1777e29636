import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CommandContext } from '../../runtime/commands/execution-context.js';
import type { Principal } from '../../access/principal.js';
import { requiredPrincipal } from '../access/principal-of.js';
import { barredCharacterIn } from '../../../policy/texts/characters.js';
import { otherActor } from './access-problems.js';
import { withoutCoding } from './codings.js';
import { InvalidRequestError } from './errors.js';
import { wantsPreview } from './preview-parameter.js';

const longest = { actor: 256, key: 256, correlation: 128 };

/** What comes with a command beside its body. When it happened comes in the body and is added later. */
export interface HeaderContext extends Omit<CommandContext, 'occurredAt'> {
  readonly principal: Principal;
  /** Nothing is to be stored: what would the command do? */
  readonly preview: boolean;
}

export const FromHeaders = createParamDecorator((_: undefined, context: ExecutionContext): HeaderContext =>
  headerContext(context.switchToHttp().getRequest<FastifyRequest>()),
);

export function headerContext(request: FastifyRequest): HeaderContext {
  const principal = requiredPrincipal(request);
  return {
    principal,
    preview: wantsPreview(request),
    ...actorOf(principal, textHeader(request, 'x-actor', longest.actor)),
    correlationId: textHeader(request, 'x-correlation-id', longest.correlation) ?? request.id,
    idempotencyKey: ownKey(principal, textHeader(request, 'idempotency-key', longest.key)),
    ifMatch: ifMatchOf(request.headers['if-match']),
  };
}

/**
 * The proved one is the actor. X-Actor is believed where nothing is proved, and from a trusted proxy says for whom it
 * acts. From others a name that differs is refused, so that no script goes on in the belief that its name is recorded.
 */
function actorOf(
  { actor, provedBy, onBehalfOf }: Principal,
  given: string | null,
): Pick<CommandContext, 'actor' | 'provedBy' | 'onBehalfOf'> {
  if (provedBy === 'nothing') return { actor: given ?? actor };
  if (provedBy !== 'proxy' && given !== null && given !== actor) throw otherActor(actor, provedBy);
  const forWhom = onBehalfOf ?? (provedBy === 'proxy' && given !== actor ? given : null);
  return { actor, provedBy, ...(forWhom === null ? {} : { onBehalfOf: forWhom }) };
}

/** Clients that are proved have their keys for themselves: none gets the answer that was another's. */
const ownKey = ({ provedBy, client }: Principal, key: string | null): string | null =>
  key === null || provedBy === 'nothing' ? key : `${client}\n${key}`;

/** Headers arrive as Latin-1; people send UTF-8. */
function textHeader(request: Pick<FastifyRequest, 'headers'>, name: string, limit: number): string | null {
  const raw = request.headers[name];
  if (raw === undefined) return null;
  const bytes = Buffer.from(Array.isArray(raw) ? raw.join(', ') : raw, 'latin1');
  const utf8 = bytes.toString('utf8');
  const text = (utf8.includes('\uFFFD') ? bytes.toString('latin1') : utf8).trim();
  // A key names a request and is never shown.
  const barred = name === 'idempotency-key' ? (/\p{Cc}/u.exec(text)?.[0] ?? null) : barredCharacterIn(text);
  if (text === '' || text.length > limit || barred !== null) {
    const why = barred?.startsWith('U+') === true ? `; it holds ${barred}` : '';
    throw new InvalidRequestError([
      { pointer: '', detail: `the header ${name} must be 1 to ${limit} characters of text${why}.` },
    ]);
  }
  return text;
}

/** `*`, or revisions as strong entity tags; a weak tag never matches (RFC 9110, 13.1.1). */
function ifMatchOf(header: string | undefined): CommandContext['ifMatch'] {
  if (header === undefined) return null;
  if (header.trim() === '*') return '*';
  const tags = header.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => /^(W\/)?"[^"]*"$/.test(tag))) {
    throw new InvalidRequestError([
      { pointer: '', detail: 'the header If-Match must be * or entity tags in quotes, for example "12".' },
    ]);
  }
  return tags.filter((tag) => !tag.startsWith('W/')).map((tag) => withoutCoding(tag.slice(1, -1)));
}
