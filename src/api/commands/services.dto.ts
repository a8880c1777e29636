import { extents, serviceStates, type Extent, type ServiceState } from '../../../events/vocabulary.js';
import { serviceNames, type NamedService } from '../../../policy/services.js';
import { OneOf, ServiceName } from './fields.js';
import { PoolWithReasonDto } from './lifecycle.dto.js';

export class ReportServiceStoppedDto extends PoolWithReasonDto {
  @ServiceName({
    description: `The service, in any case: ${serviceNames.join(', ')}. For site-link either pool will do; the Central Management store is reported of the pool that hosts it; of back-end-database the command records what report-back-end-database would.`,
    example: 'response-group',
  })
  service!: NamedService;

  @OneOf(extents, {
    description:
      'On how many Front End servers it is so, of what each of them runs (response-group, front-end); all, where absent.',
    example: 'all',
    optional: true,
  })
  frontEnds?: Extent;
}

export class ReportServiceDto extends ReportServiceStoppedDto {
  @OneOf(serviceStates, { description: 'Whether it runs.', example: 'stopped' })
  state!: ServiceState;
}
