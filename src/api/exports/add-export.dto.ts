import { DatedDto } from '../commands/dated.dto.js';
import { Fqdn, OneOf } from '../commands/fields.js';

export class AddExportQueryDto extends DatedDto {
  @Fqdn({
    description: 'The -Owner that the export was restricted to; none where it held all.',
    optional: true,
  })
  owner?: string;

  @OneOf(['true', 'false'], {
    description:
      'The pool owns nothing any more, so that the file holds nothing of its own: what is on record of it goes.',
    optional: true,
  })
  emptied?: 'true' | 'false';

  @OneOf(['true', 'false'], {
    description: 'What would adding it do? The file is read and not kept.',
    optional: true,
  })
  preview?: 'true' | 'false';
}
