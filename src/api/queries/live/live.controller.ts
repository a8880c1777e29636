import { Get, Logger, Param, Query, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LiveFeeds } from '../../../runtime/queries/live/live-feeds.js';
import { failed } from '../../../runtime/result.js';
import { PoolkeeperController } from '../../http/poolkeeper-controller.js';
import { FqdnParam } from '../params.js';
import { lastReceivedBy, LiveQueryDto } from './last-event-id.js';
import { LiveConnections } from './connections.js';
import { stream } from './stream.js';

@PoolkeeperController('v1/pools')
export class LiveController implements OnModuleDestroy {
  private readonly connections = new LiveConnections();

  private readonly forgetFaults: () => void;

  constructor(private readonly feeds: LiveFeeds) {
    const log = new Logger('Poolkeeper');
    // Their answers have begun: the clients find their connections ended, and come back.
    this.forgetFaults = feeds.faults.subscribe((error) =>
      log.error(`Live streams could not go on: ${String(error)}`),
    );
  }

  @Get(':fqdn/live')
  @ApiOperation({
    operationId: 'live',
    summary: 'The views of a pool as server-sent events: the full state, then what changes',
    description:
      'First an event `state` with pool, visibility, editability and callStatus; then an event `change` for every event of the pair, with what it changed in the views, and one for the combined effect of calls in between. The id of each is a position of the log. A stream that resumes after very many events begins with a `state` as well. Entries in `changed` take the place of those with the same parent, kind and id, `rows` of those with the same row and when.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last id that arrived: the stream goes on right after it, without gap or repeat.',
  })
  async live(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: LiveQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const last = lastReceivedBy(request, query);
    const opened = this.connections.areClosed
      ? failed({ kind: 'stopping' })
      : await this.feeds.open(fqdn, last);
    stream({ request, reply }, this.connections, opened, (connection) => this.feeds.leave(fqdn, connection));
  }

  /** The server closes once no request is under way, and these would never end. */
  onModuleDestroy(): void {
    this.connections.close();
    this.forgetFaults();
  }
}
