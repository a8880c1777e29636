import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { DatedDto, timePattern } from '../commands/dated.dto.js';
import { Fqdn, OneOf } from '../commands/fields.js';

export class AddExportQueryDto extends DatedDto {
  @Fqdn({
    description: 'The -Owner that the export was restricted to; none where it held all.',
    optional: true,
  })
  owner?: string;

  @OneOf(['true', 'false'], {
    description:
      'The pool owns nothing any more, so that the file holds nothing of its own: what is on record of it goes.',
    optional: true,
  })
  emptied?: 'true' | 'false';

  @OneOf(['true', 'false'], {
    description:
      'The file counts as what the pool has now, whenever it was written: what is on record and is newer than the file is set back. Not with `occurredAt`.',
    optional: true,
  })
  now?: 'true' | 'false';

  @ApiProperty({
    required: false,
    description:
      'The time of the file where it is sent from, with the offset of the clocks there: when the file was written, where neither the request nor the zip says it. A zip of Windows has dates without a zone; they are read by these clocks, or by those of the service where this is absent.',
    example: '2026-11-24T02:00:00+01:00',
  })
  @IsOptional()
  @Matches(timePattern, {
    message: '$property must be an RFC 3339 time with an offset, such as 2026-11-24T02:00:00+01:00',
  })
  fileTime?: string;

  @OneOf(['true', 'false'], {
    description: 'What would adding it do? The file is read and not kept.',
    optional: true,
  })
  preview?: 'true' | 'false';
}
