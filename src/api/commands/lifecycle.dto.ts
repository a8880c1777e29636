import { backEndDatabaseStates, type BackEndDatabaseState } from '../../../events/vocabulary.js';
import { limits } from '../../../policy/limits.js';
import { DatedDto } from './dated.dto.js';
import { Flag, Fqdn, OneOf, Text } from './fields.js';

const databaseDescription = "Whether the pool's back-end database is up; what is known of it, where absent.";

const drillDescription =
  'Whether a drill begins with it: drills are counted apart. Later commands of the incident need not say so, and cannot say otherwise.';

export class PoolWithReasonDto extends DatedDto {
  @Fqdn({ description: 'The pool.' })
  pool!: string;

  @Text(limits.reason, {
    description: 'Why, in words for the trail.',
    example: 'Storage is back',
    optional: true,
  })
  reason?: string;
}

export class DeclareOutageDto extends PoolWithReasonDto {
  @OneOf(backEndDatabaseStates, { description: databaseDescription, example: 'unknown', optional: true })
  backEndDatabase?: BackEndDatabaseState;

  @Flag({ description: drillDescription, example: false })
  drill?: boolean;
}

export class DeclareSiteOutageDto extends DatedDto {
  @Text(limits.site, { description: 'The site whose pools are down.', example: 'Berlin' })
  site!: string;

  @OneOf(backEndDatabaseStates, { description: databaseDescription, example: 'unknown', optional: true })
  backEndDatabase?: BackEndDatabaseState;

  @Flag({ description: drillDescription, example: false })
  drill?: boolean;

  @Text(limits.reason, {
    description: 'Why, in words for the trail.',
    example: 'Power failure',
    optional: true,
  })
  reason?: string;
}

export class ReportBackEndDatabaseDto extends PoolWithReasonDto {
  @OneOf(backEndDatabaseStates, {
    description: "The state of the pool's back-end database.",
    example: 'available',
  })
  state!: BackEndDatabaseState;
}

export class InitiateFailoverDto extends PoolWithReasonDto {
  @Flag({
    description:
      'Whether -DisasterMode is used; where absent, what the record makes of it: true from an outage, with the back-end database down, or with the Front End service stopped on all servers.',
    example: true,
  })
  disasterMode?: boolean;

  @Flag({ description: drillDescription, example: false })
  drill?: boolean;
}
