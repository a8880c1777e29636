import { Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam } from '@nestjs/swagger';
import type { ProjectionAnswer, ProjectionsAnswer } from '../../contract/projections.js';
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

/** The projections behind the views, and their rebuilds beside the live ones. */
@PoolkeeperController('v1/projections')
export class ProjectionsController {
  constructor(private readonly projections: ProjectionService) {}

  @Get()
  @ApiOperation({
    operationId: 'projections',
    summary: 'Every projection: version, position, snapshots and its last rebuild',
  })
  list(): ProjectionsAnswer {
    return this.projections.list();
  }

  @Get(':name')
  @Name
  @ApiOperation({ operationId: 'projection', summary: 'One projection, with its last rebuild' })
  show(@Param('name') name: string): Result<ProjectionAnswer> {
    return this.projections.show(name);
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @Name
  @ApiOperation({
    operationId: 'rebuild',
    summary: 'Rebuilds a projection from the log; the live one answers until the new one is swapped in',
  })
  @ApiHeader({ name: 'X-Actor', required: false, description: 'Who asks for it.' })
  rebuild(@Param('name') name: string, @FromHeaders() { actor }: HeaderContext): Result<ProjectionAnswer> {
    return this.projections.rebuild(name, actor);
  }

  @Delete(':name/rebuild')
  @Name
  @ApiOperation({ operationId: 'abort-rebuild', summary: 'Ends a rebuild; the live projection stays' })
  async abort(@Param('name') name: string): Promise<Result<ProjectionAnswer>> {
    return await this.projections.abort(name);
  }
}
