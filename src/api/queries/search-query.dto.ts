import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { Text } from '../commands/fields.js';
import { ViewQueryDto } from './query.dto.js';
import { positionPattern } from './moments.js';

const usual = 20;
const largest = 100;
const longest = 128;

class WaitingDto {
  @ApiPropertyOptional({ description: 'Wait until the view has reached this position.', example: '0' })
  @IsOptional()
  @Matches(positionPattern, { message: '$property must be a position, such as 4711' })
  minPosition?: string;
}

export class SearchQueryDto extends WaitingDto {
  @Text(longest, {
    description: 'A name, number, SIP address or id, or a part of one; words of a statement.',
    example: 'help desk',
  })
  q!: string;

  @ApiPropertyOptional({
    description: `Hits, 1 to ${largest}; ${usual} where absent.`,
    example: String(usual),
  })
  @IsOptional()
  @Matches(/^([1-9]\d?|100)$/, { message: `$property must be a whole number from 1 to ${largest}` })
  limit?: string;
}

export const searchLimit = ({ limit }: SearchQueryDto): number =>
  limit === undefined ? usual : Number(limit);

export class EventQueryDto extends ViewQueryDto {
  @ApiPropertyOptional({
    description: 'The position of the event, where it is known: then the log is not searched for its id.',
    example: '12',
  })
  @IsOptional()
  @Matches(positionPattern, { message: '$property must be a position, such as 4711' })
  position?: string;
}
