import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { objectKinds, type ObjectKind } from '../../../events/vocabulary.js';
import { limits } from '../../../policy/limits.js';
import { lookingGlasses, type LookingGlass } from '../../../projections/why/words.js';
import { reaches, type Principal } from '../../access/principal.js';
import type { WhyQuestion } from '../../runtime/queries/why-queries.js';
import { AgentAddress, Text } from '../commands/fields.js';
import { ViewQueryDto } from './query.dto.js';

export class WhyQueryDto extends ViewQueryDto {
  @Text(limits.name, {
    description: 'The id of an object, its name, or the address or number of a workflow.',
    example: 'Help Desk',
  })
  object!: string;

  @ApiProperty({ description: 'With what somebody looks.', enum: lookingGlasses, example: 'controlPanel' })
  @IsIn(lookingGlasses, { message: `$property must be one of: ${lookingGlasses.join(', ')}` })
  tool!: LookingGlass;

  @ApiPropertyOptional({
    description: 'The kind of the object, where another has its name.',
    enum: objectKinds,
  })
  @IsOptional()
  @IsIn(objectKinds, { message: `$property must be one of: ${objectKinds.join(', ')}` })
  kind?: ObjectKind;

  @AgentAddress({ description: 'The agent whose console it is.' })
  agent?: string;
}

export const whyQuestion = (
  { object, tool, kind, agent }: WhyQueryDto,
  principal: Principal,
): WhyQuestion => ({
  object,
  tool,
  knows: (pool) => reaches(principal, pool),
  ...(kind === undefined ? {} : { kind }),
  ...(agent === undefined ? {} : { agent }),
});
