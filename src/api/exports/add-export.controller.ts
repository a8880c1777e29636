import { HttpCode, Param, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { fileGiven } from '../../../policy/files.js';
import type { FileTime } from '../../runtime/commands/written-at.js';
import type { ByteSource } from '../../runtime/commands/incoming-files.js';
import { Submission, type Submitted } from '../commands/submission.js';
import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { InvalidRequestError } from '../http/errors.js';
import { utcOf } from '../http/time.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FileNameParam, FqdnParam } from '../queries/params.js';
import { AddExportQueryDto } from './add-export.dto.js';

/** Takes files of Export-CsRgsConfiguration. */
@PoolkeeperController('v1/pools/:fqdn/exports')
export class AddExportController {
  constructor(private readonly submission: Submission) {}

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
  async add(
    @Param('fqdn', FqdnParam) pool: string,
    @Param('fileName', FileNameParam) fileName: string,
    @Query() { owner, emptied, now, occurredAt, fileTime }: AddExportQueryDto,
    @FromHeaders() headers: HeaderContext,
    @Req() { body }: FastifyRequest,
  ): Promise<Submitted> {
    if (now === 'true' && occurredAt !== undefined) {
      const detail =
        'says that the file is of now, and occurredAt that it is of another time: give one of them.';
      throw new InvalidRequestError([{ pointer: '/now', detail }]);
    }
    const zip = bytesOf(body);
    const given = {
      pool,
      ...fileGiven(fileName),
      zip,
      ...(owner === undefined ? {} : { owner }),
      ...(emptied === 'true' ? { emptied: true } : {}),
      ...(now === 'true' ? { now: true } : {}),
      ...(fileTime === undefined ? {} : { fileTime: fileTimeOf(fileTime) }),
    };
    return await this.submission.addExport(given, occurredAt, headers);
  }
}

/** With the offset that it names. */
function fileTimeOf(text: string): FileTime {
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { at: utcOf('/fileTime', text), ahead: sign === '-' ? -ahead : ahead };
}

/** As it arrives, or whole where the application has a parser of its own for zips. */
function bytesOf(body: unknown): ByteSource {
  if (body instanceof Uint8Array) return [body];
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body) {
    return body as AsyncIterable<Uint8Array>;
  }
  throw new InvalidRequestError([{ pointer: '', detail: 'the body must be the zip, as application/zip.' }]);
}
