import { Readable } from 'node:stream';
import { Get, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VerificationAnswer } from '../../contract/log.js';
import { Verifier, type Verified } from '../../runtime/projections/rebuild/verifier.js';
import { isWhole, type BrokenEvent, type LogFinding } from '../../store/port.js';
import type { Requester } from '../../runtime/requester.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FromClient } from '../http/requester.js';
import { StreamsUnderWay } from '../http/streams-under-way.js';
import { preferredFormat } from '../queries/audit/audit-formats.js';
import { verificationLines } from './verification-lines.js';

@PoolkeeperController('v1/verification')
export class VerificationController implements OnModuleDestroy {
  private readonly underWay = new StreamsUnderWay();

  constructor(private readonly verifier: Verifier) {}

  @Get()
  @ApiOperation({
    operationId: 'verify',
    summary:
      'Checks the hash chain of every stream, and replays the log once more to compare the result with the live views',
    description:
      'As `application/x-ndjson`, which the Accept header asks for, lines say about every second how far the run is, and the last one is the result, or the problem for which there is none. Requests that come during a run have its progress and its result.',
  })
  async verify(
    @FromClient() requester: Requester,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asLines = preferredFormat(request.headers.accept) === 'ndjson';
    void reply.header('vary', 'accept');
    void reply.type(`application/${asLines ? 'x-ndjson' : 'json'}; charset=utf-8`);
    if (asLines) void reply.header('cache-control', 'no-store');
    if (requester.bodyless || !asLines) {
      void reply.send(requester.bodyless ? '' : await this.result(requester));
      return;
    }
    const lines = verificationLines(this.result(requester), this.verifier, request);
    void reply.send(this.underWay.add(Readable.from(lines)));
  }

  onModuleDestroy(): void {
    this.underWay.end();
  }

  private async result(requester: Requester): Promise<VerificationAnswer> {
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
