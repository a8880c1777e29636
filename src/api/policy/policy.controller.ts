import { Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { experienceMatrix } from '../../../policy/experience/matrix.js';
import { readings } from '../../../policy/readings.js';
import { statements } from '../../../policy/statements.js';
import type {
  ExperienceAnswer,
  ReadingsAnswer,
  ReasonsAnswer,
  StatementsAnswer,
} from '../../contract/policy.js';
import { allReasons } from '../../domain/reasons.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** The documents as data: what the `because` of every answer points into. */
@PoolkeeperController('v1')
export class PolicyController {
  @Get('experience')
  @ApiOperation({ operationId: 'experience', summary: 'The whole experience matrix, also for normal' })
  experience(): ExperienceAnswer {
    return experienceMatrix;
  }

  @Get('statements')
  @ApiOperation({ operationId: 'statements', summary: 'The 64 statements behind it, each with its id' })
  statements(): StatementsAnswer {
    return { statements };
  }

  @Get('readings')
  @ApiOperation({
    operationId: 'readings',
    summary: 'How the document is read where it can be read in two ways',
  })
  readings(): ReadingsAnswer {
    return { readings };
  }

  @Get('reasons')
  @ApiOperation({
    operationId: 'reasons',
    summary: 'Everything that `because` can hold: statements, inferences and rules, each with its sentence',
  })
  reasons(): ReasonsAnswer {
    return { reasons: allReasons };
  }
}
