import { Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { AnswerOf } from '../../contract/answers.js';
import { ProjectionService } from '../../runtime/projections/rebuild/projection-service.js';
import type { Result } from '../../runtime/result.js';
import { formerProjectionNames, projectionNames } from '../../runtime/projections/state/projections.js';
import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

const Name = ApiParam({
  name: 'name',
  enum: [...projectionNames, ...formerProjectionNames],
  description: `Deprecated, and names of \`pair\` until the next release: ${formerProjectionNames.join(', ')}.`,
});

/** What the views are folded by, and rebuilding it beside the live one. */
@ApiTags('Projections')
@PoolkeeperController('v1/projections')
export class ProjectionsController {
  constructor(private readonly projections: ProjectionService) {}

  @Get()
  @ApiOperation({
    operationId: 'projections',
    summary: 'Every projection: version, position, snapshots and its last rebuild',
  })
  list(): AnswerOf<'projections'> {
    return this.projections.list();
  }

  @Get(':name')
  @Name
  @ApiOperation({ operationId: 'projection', summary: 'One projection, with its last rebuild' })
  show(@Param('name') name: string): Result<AnswerOf<'projection'>> {
    return this.projections.show(name);
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @Name
  @ApiOperation({
    operationId: 'rebuild',
    summary: 'Folds a projection anew from the log; the live one answers until the new one is swapped in',
  })
  @ApiHeader({ name: 'X-Actor', required: false, description: 'Who asks for it.' })
  @ApiResponse({ status: 202, description: 'It has begun; `rebuild` tells how far it is.' })
  @ApiResponse({ status: 409, description: 'It is being rebuilt already; `rebuild` tells by whom.' })
  rebuild(@Param('name') name: string, @FromHeaders() { actor }: HeaderContext): Result<AnswerOf<'rebuild'>> {
    return this.projections.rebuild(name, actor);
  }

  @Delete(':name/rebuild')
  @Name
  @ApiOperation({ operationId: 'abort-rebuild', summary: 'Ends a rebuild; the live projection stays' })
  @ApiResponse({ status: 200, description: 'It has ended: aborted, or done where it was faster.' })
  @ApiResponse({ status: 409, description: 'It is not being rebuilt.' })
  async abort(@Param('name') name: string): Promise<Result<AnswerOf<'abort-rebuild'>>> {
    return await this.projections.abort(name);
  }
}
