import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import type { PoolToRegister } from '../../domain/commands.js';
import { productVersions, type ProductVersion } from '../../../events/vocabulary.js';
import { limits } from '../../../policy/limits.js';
import { DatedDto } from './dated.dto.js';
import { Fqdn, Members, OneOf, Text } from './fields.js';

const versionDescription = 'The version of the product that both pools run; not known, where absent.';

export class PoolDto implements PoolToRegister {
  @Fqdn({ description: 'The fully qualified name of the pool.' })
  fqdn!: string;

  @Text(limits.site, { description: 'The site that the pool is in.', example: 'Berlin', optional: true })
  site?: string;
}

export class RegisterPairDto extends DatedDto {
  @ApiProperty({
    type: [PoolDto],
    minItems: 2,
    maxItems: 2,
    description: 'The two pools that back each other up.',
  })
  @IsArray({ message: 'pools must be an array of two pools' })
  @ArrayMinSize(2, { message: 'pools must hold exactly two pools' })
  @ArrayMaxSize(2, { message: 'pools must hold exactly two pools' })
  @IsObject({ each: true, message: 'each pool must be an object with fqdn and, optionally, site' })
  @ValidateNested({ each: true })
  @Type(() => PoolDto)
  pools!: [PoolDto, PoolDto];

  @Members({
    description: 'Reading id to choice, for readings that leave a choice; see GET /v1/readings.',
    example: { 'calls-on-live-backup': 'literal' },
  })
  readings?: Record<string, string>;

  @OneOf(productVersions, { description: versionDescription, example: '2019', optional: true })
  version?: ProductVersion;
}

export class UnregisterPairDto extends DatedDto {
  @Fqdn({ description: 'Either pool of the pair.' })
  pool!: string;

  @Text(limits.reason, {
    description: 'Why, in words for the trail.',
    example: 'The name of a pool was mistyped',
    optional: true,
  })
  reason?: string;
}

export class SetVersionDto extends DatedDto {
  @Fqdn({ description: 'Either pool of the pair.' })
  pool!: string;

  @OneOf(productVersions, { description: 'The version of the product that both pools run.', example: '2019' })
  version!: ProductVersion;
}

export class UnpairDto extends DatedDto {
  @Fqdn({ description: 'Either pool of the pair.' })
  pool!: string;

  @Text(limits.reason, {
    description: 'Why, in words for the trail.',
    example: 'Hamburg is taken out of service',
    optional: true,
  })
  reason?: string;
}

export class RetirePoolDto extends DatedDto {
  @Fqdn({ description: 'The pool, which is in no pair, or was given up.' })
  pool!: string;

  @Text(limits.reason, {
    description: 'Why, in words for the trail.',
    example: 'Taken out of the topology',
    optional: true,
  })
  reason?: string;
}

export class ChooseReadingDto extends DatedDto {
  @Fqdn({ description: 'Either pool of the pair.' })
  pool!: string;

  @Text(limits.reading, {
    description: 'The id of a reading that leaves a choice.',
    example: 'calls-on-live-backup',
  })
  reading!: string;

  @Text(limits.reading, { description: 'One of its choices.', example: 'survive' })
  choice!: string;
}
