import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { ArrayMaxSize, IsOptional, Matches } from 'class-validator';
import { poolNameOf } from '../../../domain/names.js';
import { fqdnPattern } from '../../commands/fields.js';
import { LiveQueryDto } from './last-event-id.js';

const most = 100;

/** `pools=a&pools=b`, or with commas in between. */
const namesIn = (value: unknown): unknown => {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.flatMap((text) =>
    typeof text === 'string' ? text.split(',').map((name) => poolNameOf(name)) : [text],
  );
};

export class FleetLiveQueryDto extends LiveQueryDto {
  @ApiPropertyOptional({
    description: `Only these pools, up to ${most}; all where absent. May be given again, or hold several with commas in between.`,
    isArray: true,
    type: String,
    example: ['pool-a.contoso.com'],
    ...({ style: 'form', explode: true } as const),
  })
  @IsOptional()
  @Transform(({ value }: TransformFnParams): unknown => (value === undefined ? undefined : namesIn(value)))
  @ArrayMaxSize(most, { message: `$property must be at most ${most} pools` })
  @Matches(fqdnPattern, {
    each: true,
    message: '$property must be fully qualified names of pools, such as pool-a.contoso.com',
  })
  pools?: readonly string[];
}
