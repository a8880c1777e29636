import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { timePattern } from '../../commands/dated.dto.js';
import { Identifier, Text } from '../../commands/fields.js';

const sizePattern = /^(0|[1-9]\d{0,14})$/;
const message = '$property must be a number of events, such as 4711';

export class SealsQueryDto {
  @ApiPropertyOptional({ description: 'Seals in the answer, 1 to 1000; 100 where absent.', example: '100' })
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, { message: '$property must be a whole number from 1 to 1000' })
  limit?: string;

  @ApiPropertyOptional({ description: 'Only seals made before this time: the `next` of the answer before.' })
  @IsOptional()
  @Matches(timePattern, { message: '$property must be an RFC 3339 time with an offset' })
  before?: string;
}

export class SealProofQueryDto {
  @Identifier({ description: 'Proves that this event is in the tree.', optional: true })
  event?: string;

  @ApiPropertyOptional({ description: 'Of which tree, with `event`: that of the last seal, where absent.' })
  @IsOptional()
  @Matches(sizePattern, { message })
  size?: string;

  @ApiPropertyOptional({
    description: 'Proves that a later tree begins with the one of this size.',
    example: '1',
  })
  @IsOptional()
  @Matches(sizePattern, { message })
  from?: string;

  @ApiPropertyOptional({ description: 'Which later tree, with `from`: that of the last seal, where absent.' })
  @IsOptional()
  @Matches(sizePattern, { message })
  to?: string;
}

/** Nothing has to be sent. A page of another site is told by its Origin. */
export class RotateKeyDto {
  @Text(512, { description: 'Why the key is replaced. The note says it.', optional: true })
  reason?: string | null;
}

export class RenewSealsDto {
  @Text(512, {
    description: 'Why the log is not the one that was sealed, such as that a backup was restored.',
  })
  reason!: string;
}
