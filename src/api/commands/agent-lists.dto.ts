import { DatedDto } from './dated.dto.js';
import { OneOf } from './fields.js';

export class AgentListQueryDto extends DatedDto {
  @OneOf(['true', 'false'], {
    description:
      'The list has all users: registered agents who are not on it are on record as such, which is a finding; they stay registered.',
    optional: true,
  })
  complete?: 'true' | 'false';

  @OneOf(['true', 'false'], {
    description: 'What would the list change? It is read, and nothing is recorded.',
    optional: true,
  })
  preview?: 'true' | 'false';
}
