import { limits } from '../../../policy/limits.js';
import { DatedDto } from './dated.dto.js';
import { Flag, Fqdn, Identifier, Text } from './fields.js';

export class RecordExportDto extends DatedDto {
  @Fqdn({ description: 'The pool that was exported.' })
  pool!: string;

  @Fqdn({ description: 'Only objects of this owner; all where absent.', optional: true })
  owner?: string;

  @Text(limits.filePath, {
    description: 'The file, by its name or with its path; the cmdlet fails if it exists.',
    example: 'pool-a-2026-11-24.zip',
    optional: true,
  })
  fileName?: string;

  @Flag({
    description: 'Whether the exported objects were deleted from the pool afterwards.',
    example: false,
  })
  removeExported?: boolean;
}

export class ImportResponseGroupsDto extends DatedDto {
  @Fqdn({ description: 'The pool that the file is imported into.', example: 'pool-b.contoso.com' })
  destination!: string;

  @Identifier({
    description: 'The export, as record-export answered it.',
    example: '5f0c2c1e-7f0b-8a53-9c43-1d2a7c9b1e10',
  })
  exportId!: string;

  @Flag({
    description: 'The destination becomes the owner. Not for an import into the backup pool.',
    example: false,
  })
  overwriteOwner?: boolean;

  @Flag({ description: "The destination's application settings are replaced.", example: false })
  replaceExistingSettings?: boolean;

  @Flag({ description: 'Incoming objects whose name is taken get a number.', example: false })
  resolveNameConflicts?: boolean;

  @Flag({
    description:
      'What was changed at the destination, and the file does not have, is overwritten; without it such an import is refused.',
    example: false,
  })
  overwriteEdits?: boolean;
}
