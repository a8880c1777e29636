import { DatedDto } from '../commands/dated.dto.js';
import { Fqdn } from '../commands/fields.js';

export class AddExportQueryDto extends DatedDto {
  @Fqdn({
    description: 'The -Owner that the export was restricted to; none where it held all.',
    optional: true,
  })
  owner?: string;
}
