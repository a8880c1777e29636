import type { JsonObject } from '../../../events/envelope.js';
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Poolkeeper } from '../../runtime/poolkeeper.js';
import { Reply } from '../../runtime/reply.js';
import type { BrokenEvent } from '../../store/port.js';

@ApiTags('Log')
@Controller('v1/verification')
export class VerificationController {
  constructor(private readonly poolkeeper: Poolkeeper) {}

  @Get()
  @ApiOperation({
    operationId: 'verify',
    summary: 'Checks the hash chain of every stream and names the first broken event',
  })
  async verify(): Promise<Reply> {
    const { events, streams, broken } = await this.poolkeeper.store.verify();
    return new Reply(200, { whole: broken === null, events, streams, broken: broken && located(broken) });
  }
}

const located = ({ position, stream, revision, problem }: BrokenEvent): JsonObject => ({
  position: String(position),
  stream,
  revision: revision === null ? null : String(revision),
  problem,
});
