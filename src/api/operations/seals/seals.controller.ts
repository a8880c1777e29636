import { Readable } from 'node:stream';
import { Body, Get, HttpCode, Post, Query, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiBody, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type {
  RenewedSealsAnswer,
  RotatedKeyAnswer,
  SealKeysAnswer,
  SealProofAnswer,
  SealsAnswer,
} from '../../../contract/seals.js';
import type { Requester } from '../../../runtime/requester.js';
import { Failed, invalid, type Result } from '../../../runtime/result.js';
import { SealService } from '../../../runtime/seals/seal-service.js';
import { TextReply } from '../../http/http-reply.js';
import { PoolkeeperController } from '../../http/poolkeeper-controller.js';
import { FromClient } from '../../http/requester.js';
import { StreamsUnderWay } from '../../http/streams-under-way.js';
import { utcOf } from '../../http/time.js';
import { RenewSealsDto, RotateKeyDto, SealProofQueryDto, SealsQueryDto } from './seals.dto.js';

const plainText = 'text/plain';

const countOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

/** Signed statements of what is in the log, for somebody who does not trust the one who has it. */
@PoolkeeperController('v1/seals')
export class SealsController implements OnModuleDestroy {
  private readonly underWay = new StreamsUnderWay();

  constructor(private readonly seals: SealService) {}

  @Get()
  @ApiOperation({ operationId: 'seals', summary: 'The seals of the log, the newest first' })
  list(@Query() { limit = '100', before }: SealsQueryDto): Result<SealsAnswer> {
    return this.seals.seals(Number(limit), before === undefined ? undefined : utcOf('/before', before));
  }

  @Get('latest')
  @ApiOperation({ operationId: 'latest-seal', summary: 'The last seal, as the signed note to keep' })
  latest(): TextReply | Failed {
    const latest = this.seals.latest();
    return latest instanceof Failed ? latest : new TextReply(plainText, latest.value.note);
  }

  @Get('key')
  @ApiOperation({
    operationId: 'seal-key',
    summary: 'The verifier key of the seals; those before it follow, a line each',
  })
  key(): TextReply | Failed {
    const listed = this.seals.keys();
    if (listed instanceof Failed) return listed;
    const lines = listed.value.keys.map(({ key }) => `${key}\n`).reverse();
    return new TextReply(plainText, lines.join(''));
  }

  @Get('keys')
  @ApiOperation({
    operationId: 'seal-keys',
    summary: 'All verifier keys, with how each took the place of the one before',
  })
  keys(): Result<SealKeysAnswer> {
    return this.seals.keys();
  }

  @Post('key')
  @HttpCode(200)
  @ApiOperation({ operationId: 'rotate-seal-key', summary: 'Replaces the key by a new one, signed by both' })
  @ApiBody({
    type: RotateKeyDto,
    required: false,
    examples: { rotation: { summary: 'A new key', value: {} } },
  })
  async rotate(@Body() { reason }: RotateKeyDto): Promise<Result<RotatedKeyAnswer>> {
    return await this.seals.rotate(reason ?? '');
  }

  @Post('renewal')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'renew-seals',
    summary: 'Begins a new series of seals under another name, after the log was replaced on purpose',
  })
  @ApiBody({ type: RenewSealsDto })
  async renew(@Body() { reason }: RenewSealsDto): Promise<Result<RenewedSealsAnswer>> {
    return await this.seals.renew(reason);
  }

  @Get('proof')
  @ApiOperation({
    operationId: 'seal-proof',
    summary:
      'Proves that an event is in the tree (event, size), or that a tree begins with an earlier one (from, to)',
  })
  async proof(
    @Query() { event, size, from, to }: SealProofQueryDto,
    @FromClient() { signal, bodyless }: Requester,
  ): Promise<Result<SealProofAnswer> | undefined> {
    if (bodyless) return undefined;
    if (event !== undefined && from === undefined && to === undefined) {
      return await this.seals.inclusion(event, countOf(size), signal);
    }
    if (from !== undefined && event === undefined && size === undefined) {
      return this.seals.consistency(Number(from), countOf(to));
    }
    const detail = 'give event, with or without size, or give from, with or without to.';
    return invalid([{ pointer: event === undefined ? '/event' : '/from', detail }]);
  }

  @Get('log')
  @ApiOperation({
    operationId: 'sealed-log',
    summary: 'The whole log as it is stored, an event a line, for a check against a seal elsewhere',
  })
  async log(@FromClient() requester: Requester, @Res() response: FastifyReply): Promise<void> {
    const pages = requester.bodyless ? null : await this.seals.lines(requester);
    if (pages instanceof Failed) return void response.send(pages);
    void response
      .type('application/x-ndjson; charset=utf-8')
      .header('content-disposition', 'attachment; filename="poolkeeper-log.ndjson"')
      .header('cache-control', 'no-store');
    void response.send(
      pages === null ? '' : this.underWay.add(Readable.from(pages.value, { highWaterMark: 1 })),
    );
  }

  onModuleDestroy(): void {
    this.underWay.end();
  }
}
