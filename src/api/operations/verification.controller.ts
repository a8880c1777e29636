import { Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AnswerOf } from '../../contract/answers.js';
import { Verifier, type Verified } from '../../runtime/projections/rebuild/verifier.js';
import type { BrokenEvent } from '../../store/port.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

type Verification = AnswerOf<'verify'>;

@ApiTags('Log')
@PoolkeeperController('v1/verification')
export class VerificationController {
  constructor(private readonly verifier: Verifier) {}

  @Get()
  @ApiOperation({
    operationId: 'verify',
    summary:
      'Checks the hash chain of every stream, and folds the log once more to compare what it makes with the live views',
  })
  async verify(): Promise<Verification> {
    const { log, views } = await this.verifier.verify();
    const { events, streams, broken } = log;
    return {
      whole: broken === null,
      events,
      streams,
      broken: broken === null ? null : faultAt(broken),
      faithful: views.different.length === 0,
      views: viewsIn(views),
    };
  }
}

const faultAt = ({ position, stream, revision, problem }: BrokenEvent): Verification['broken'] => ({
  position: String(position),
  stream,
  revision: revision === null ? null : String(revision),
  problem,
});

const viewsIn = ({ position, ...views }: Verified['views']): Verification['views'] => ({
  position: String(position),
  ...views,
});
