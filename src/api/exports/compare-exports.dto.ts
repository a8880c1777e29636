import { limits } from '../../../policy/limits.js';
import { Text } from '../commands/fields.js';
import { ViewQueryDto } from '../queries/query.dto.js';

export class CompareExportsQueryDto extends ViewQueryDto {
  @Text(limits.filePath, {
    description: 'The id or the name of an export, `latest`, `record` or `partner`; `latest` where absent.',
    example: 'latest',
    optional: true,
  })
  from?: string;

  @Text(limits.filePath, {
    description: 'The same; `record` where absent.',
    example: 'partner',
    optional: true,
  })
  to?: string;
}
