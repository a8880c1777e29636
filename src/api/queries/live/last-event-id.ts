/** Where a stream is to resume: after the last event that arrived, by its id. */
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import type { LastReceived } from '../../../runtime/queries/live/live-feeds.js';
import { InvalidRequestError } from '../../http/errors.js';
import { positionPattern } from '../moments.js';

export class LiveQueryDto {
  @ApiPropertyOptional({
    description: 'As the header Last-Event-ID, for tools that cannot set one; the header comes first.',
    example: '0',
  })
  @IsOptional()
  @Matches(positionPattern, {
    message: '$property must be the id of an event, which is a position, such as 4711',
  })
  lastEventId?: string;
}

/** The header comes first: a client that reconnects repeats the address, and the header holds what arrived since. */
function lastEventIdOf(header: string | undefined, { lastEventId }: LiveQueryDto): LastReceived | null {
  if (header === undefined || header === '') {
    return lastEventId === undefined ? null : { position: BigInt(lastEventId), named: 'lastEventId' };
  }
  const named = 'the header Last-Event-ID';
  if (positionPattern.test(header)) return { position: BigInt(header), named };
  const detail = `${named} must be the id of an event of this stream, which is a position, such as 4711.`;
  throw new InvalidRequestError([{ pointer: '', detail }]);
}

export function lastReceivedBy({ headers }: FastifyRequest, query: LiveQueryDto): LastReceived | null {
  const header = headers['last-event-id'];
  return lastEventIdOf(Array.isArray(header) ? header.join(', ') : header, query);
}
