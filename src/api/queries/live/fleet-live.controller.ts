import { Get, Query, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusalOfPools } from '../../../access/judgement.js';
import { foldedPool, reaches, type Principal } from '../../../access/principal.js';
import type { Audience } from '../../../runtime/queries/live/fleet-feed.js';
import { LiveFeeds } from '../../../runtime/queries/live/live-feeds.js';
import { failed } from '../../../runtime/result.js';
import { AskedBy } from '../../access/principal-of.js';
import { forbidden } from '../../http/access-problems.js';
import { PoolkeeperController } from '../../http/poolkeeper-controller.js';
import { LiveConnections } from './connections.js';
import { FleetLiveQueryDto } from './fleet-live-query.dto.js';
import { lastReceivedBy } from './last-event-id.js';
import { heartbeat, heartbeatEvent } from './event-stream.js';
import { stream } from './stream.js';

@PoolkeeperController('v1')
export class FleetLiveController implements OnModuleDestroy {
  private readonly connections = new LiveConnections();

  constructor(private readonly feeds: LiveFeeds) {}

  @Get('live')
  @ApiOperation({
    operationId: 'fleet-live',
    summary: 'All pools, or some, as one stream of server-sent events: the state, then what changes',
    description:
      'First an event `state` with all pools, then an event `change` with what happened, the pools that it concerns, and each that is other than before; at most ten in a second. Also refusals and what agents do are told. The id of each is a position of the log. A stream that resumes begins with a `state` where something has happened since. One stream is enough for a page: a browser has few connections to one server.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last id that arrived: where nothing has happened since, the stream goes on in silence.',
  })
  async live(
    @Query() query: FleetLiveQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @AskedBy() principal: Principal,
  ): Promise<void> {
    const opened = this.connections.areClosed
      ? failed({ kind: 'stopping' })
      : await this.feeds.openFleet(audienceOf(principal, query), lastReceivedBy(request, query));
    stream(
      { request, reply },
      this.connections,
      opened,
      (connection) => this.feeds.leaveFleet(connection),
      query.heartbeat === 'event' ? heartbeatEvent(() => this.feeds.isStoreAway) : heartbeat,
    );
  }

  /** The server closes once no request is under way, and these would never end. */
  onModuleDestroy(): void {
    this.connections.close();
  }
}

/** @throws ProblemError 403 for a pool by name that is out of scope */
function audienceOf(principal: Principal, { pools }: FleetLiveQueryDto): Audience {
  const refusal = refusalOfPools(principal, 'viewer', pools ?? []);
  if (refusal !== null) throw forbidden(refusal);
  const wanted = pools === undefined ? null : new Set(pools);
  const reach = (pool: string): boolean =>
    reaches(principal, pool) && (wanted === null || wanted.has(foldedPool(pool)));
  const scope = [wanted, principal.pools].map((names) => (names === null ? '*' : [...names].sort().join()));
  return { key: scope.join('|'), reach, wanted: pools ?? [] };
}
