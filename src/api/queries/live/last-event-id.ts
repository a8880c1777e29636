/** Where a stream resumes: the id of the last event that arrived. */
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
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

export interface LastEventId {
  readonly position: bigint;
  /** Where the request has it. */
  readonly named: string;
}

/** The header wins: a client that reconnects by itself sends the newest id there, and its first address again. */
export function lastEventIdOf(header: string | undefined, { lastEventId }: LiveQueryDto): LastEventId | null {
  if (header === undefined || header === '') {
    return lastEventId === undefined ? null : { position: BigInt(lastEventId), named: 'lastEventId' };
  }
  const named = 'the header Last-Event-ID';
  if (positionPattern.test(header)) return { position: BigInt(header), named };
  const detail = `${named} must be the id of an event of this stream, which is a position, such as 4711.`;
  throw new InvalidRequestError([{ pointer: '', detail }]);
}
