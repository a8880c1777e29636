import { Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { JsonObject } from '../../../events/envelope.js';
import { experienceMatrix } from '../../../policy/experience/matrix.js';
import { readings } from '../../../policy/readings.js';
import { statements } from '../../../policy/statements.js';
import { Reply } from '../../runtime/reply.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** The documents as data: what every answer's `because` points into. */
@ApiTags('Policy')
@PoolkeeperController('v1')
export class PolicyController {
  @Get('experience')
  @ApiOperation({ operationId: 'experience', summary: 'The whole experience matrix, also for normal' })
  experience(): Reply {
    return fixed(experienceMatrix);
  }

  @Get('statements')
  @ApiOperation({ operationId: 'statements', summary: 'The 64 statements behind it, each with its id' })
  statements(): Reply {
    return fixed({ statements });
  }

  @Get('readings')
  @ApiOperation({
    operationId: 'readings',
    summary: 'How the document is read where it can be read two ways',
  })
  readings(): Reply {
    return fixed({ readings });
  }
}

const fixed = (body: object): Reply => new Reply(200, body as JsonObject);
