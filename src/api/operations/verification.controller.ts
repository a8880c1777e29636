import { Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { VerificationAnswer } from '../../contract/log.js';
import { Verifier, type Verified } from '../../runtime/projections/rebuild/verifier.js';
import { isWhole, type BrokenEvent, type LogFinding } from '../../store/port.js';
import type { Requester } from '../../runtime/requester.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FromClient } from '../http/requester.js';

@PoolkeeperController('v1/verification')
export class VerificationController {
  constructor(private readonly verifier: Verifier) {}

  @Get()
  @ApiOperation({
    operationId: 'verify',
    summary:
      'Checks the hash chain of every stream, and replays the log once more to compare the result with the live views',
  })
  async verify(@FromClient() requester: Requester): Promise<VerificationAnswer | undefined> {
    if (requester.bodyless) return undefined;
    const { began, log, views, files, tree } = await this.verifier.verify(requester.signal);
    const { events, streams, broken, findings = [] } = log;
    return {
      began,
      whole: isWhole(log),
      events,
      streams,
      broken: broken && located(broken),
      findings: findings.map(findingBody),
      tree,
      faithful: views.different.length === 0,
      views: viewsBody(views),
      files,
    };
  }
}

const findingBody = ({
  position,
  revision,
  ...finding
}: LogFinding): VerificationAnswer['findings'][number] => ({
  ...finding,
  position: position === null ? null : String(position),
  revision: revision === null ? null : String(revision),
});

const located = ({
  position,
  stream,
  revision,
  problem,
}: BrokenEvent): NonNullable<VerificationAnswer['broken']> => ({
  position: String(position),
  stream,
  revision: revision === null ? null : String(revision),
  problem,
});

const viewsBody = ({
  position,
  compared,
  different,
  stale,
}: Verified['views']): VerificationAnswer['views'] => ({
  position: String(position),
  compared,
  different,
  stale,
});
