import { routes, type Route } from '../../../events/replacement.js';
import { limits } from '../../../policy/limits.js';
import { DatedDto } from './dated.dto.js';
import { Fqdn, OneOf, Text } from './fields.js';
import { PoolWithReasonDto } from './lifecycle.dto.js';

export class ChooseRouteDto extends PoolWithReasonDto {
  @OneOf(routes, {
    description: 'The way out of the failover: back to the pool, or to another one in its place.',
    example: 'replacement',
  })
  route!: Route;

  @Fqdn({
    description: 'The pool that is to take its place; absent where it has no name yet.',
    optional: true,
  })
  replacement?: string;
}

export class ReplacePoolDto extends DatedDto {
  @Fqdn({ description: 'The pool that is lost.' })
  failed!: string;

  @Fqdn({ description: 'The pool that was built and registered in its place: a name that no pair knows.' })
  replacement!: string;

  @Text(limits.site, {
    description: 'The site of the replacement; that of the lost pool, where absent.',
    example: 'Bonn',
    optional: true,
  })
  site?: string;

  @Text(limits.reason, {
    description: 'Why, in words for the trail.',
    example: 'Burnt down',
    optional: true,
  })
  reason?: string;
}
