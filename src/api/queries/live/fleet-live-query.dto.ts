import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, Matches } from 'class-validator';
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

const heartbeats = ['comment', 'event'] as const;

export class FleetLiveQueryDto extends LiveQueryDto {
  @ApiPropertyOptional({
    description:
      'How the heartbeat every 15 seconds is sent: as a comment, or as an event `heartbeat` with no id, which a script in a browser hears; its data are `{}`, and `{"store":"away"}` while the service cannot reach the store, so that what was sent may be old. One is sent at once.',
    enum: heartbeats,
    default: 'comment',
  })
  @IsOptional()
  @IsIn(heartbeats, { message: `$property must be one of: ${heartbeats.join(', ')}` })
  heartbeat?: (typeof heartbeats)[number];

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
