import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Poolkeeper } from '../../runtime/poolkeeper.js';
import type { Reply } from '../../runtime/reply.js';

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
    return {
      status: 200,
      etag: null,
      body: {
        whole: broken === null,
        events,
        streams,
        broken:
          broken === null
            ? null
            : {
                position: String(broken.position),
                stream: broken.stream,
                revision: broken.revision === null ? null : String(broken.revision),
                problem: broken.problem,
              },
      },
    };
  }
}
