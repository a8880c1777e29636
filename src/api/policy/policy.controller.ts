import { Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { experienceMatrix } from '../../../policy/experience/matrix.js';
import { readings } from '../../../policy/readings.js';
import { statements } from '../../../policy/statements.js';
import type { AnswerOf } from '../../contract/answers.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** The documents as data: what every answer's `because` points into. */
@ApiTags('Policy')
@PoolkeeperController('v1')
export class PolicyController {
  @Get('experience')
  @ApiOperation({ operationId: 'experience', summary: 'The whole experience matrix, also for normal' })
  experience(): AnswerOf<'experience'> {
    return experienceMatrix;
  }

  @Get('statements')
  @ApiOperation({ operationId: 'statements', summary: 'The 64 statements behind it, each with its id' })
  statements(): AnswerOf<'statements'> {
    return { statements };
  }

  @Get('readings')
  @ApiOperation({
    operationId: 'readings',
    summary: 'How the document is read where it can be read two ways',
  })
  readings(): AnswerOf<'readings'> {
    return { readings };
  }
}
