import { Controller, Get, HttpCode, Param, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Poolkeeper } from '../../runtime/poolkeeper.js';
import type { Reply } from '../../runtime/reply.js';
import { Submission } from '../commands/submission.js';
import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { InvalidRequestError } from '../http/errors.js';
import { FileNameParam, FqdnParam, IdParam } from '../queries/params.js';
import { ViewQueryDto, viewQuery } from '../queries/query.dto.js';
import { AddExportQueryDto } from './add-export.dto.js';

/** Files of Export-CsRgsConfiguration. */
@ApiTags('Exports')
@Controller('v1/pools/:fqdn/exports')
export class ExportsController {
  constructor(
    private readonly poolkeeper: Poolkeeper,
    private readonly submission: Submission,
  ) {}

  @Put(':fileName')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'add-export',
    summary: 'Reads the zip of an export; what it holds becomes what is on record of the pool',
  })
  @ApiConsumes('application/zip')
  @ApiBody({ description: 'The zip.', schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'X-Actor', required: false, description: 'Who adds it.' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'A repeat gets the first answer.' })
  @ApiHeader({ name: 'If-Match', required: false, description: "The revision of the pair's stream." })
  @ApiResponse({ status: 200, description: 'The events, or none where the same file was added before.' })
  @ApiResponse({
    status: 400,
    description: 'No export that can be read: `entry`, `line` and `column` say where.',
  })
  @ApiResponse({ status: 404, description: 'No such pool.' })
  @ApiResponse({
    status: 409,
    description: 'The file is of another pool, or of one owner and does not say so.',
  })
  @ApiResponse({ status: 413, description: 'The zip is larger than MAX_EXPORT_BYTES.' })
  async add(
    @Param('fqdn', FqdnParam) pool: string,
    @Param('fileName', FileNameParam) fileName: string,
    @Query() { owner, occurredAt }: AddExportQueryDto,
    @FromHeaders() headers: HeaderContext,
    @Req() { body: zip }: FastifyRequest,
  ): Promise<Reply> {
    if (!(zip instanceof Uint8Array)) {
      throw new InvalidRequestError([
        { pointer: '', detail: 'the body must be the zip, as application/zip.' },
      ]);
    }
    const given = { pool, fileName, zip, ...(owner === undefined ? {} : { owner }) };
    return await this.submission.addExport(given, occurredAt, headers);
  }

  @Get()
  @ApiOperation({
    operationId: 'exports',
    summary: 'The exports of the pool: when, by whom, and what they hold',
  })
  exports(@Param('fqdn', FqdnParam) fqdn: string, @Query() query: ViewQueryDto): Promise<Reply> {
    return this.poolkeeper.exports.exports(fqdn, viewQuery(query));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'export',
    summary: 'One export with all that it holds, its findings and what it changed',
  })
  export(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Param('id', IdParam) id: string,
    @Query() query: ViewQueryDto,
  ): Promise<Reply> {
    return this.poolkeeper.exports.export(fqdn, id, viewQuery(query));
  }
}
