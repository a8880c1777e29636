import { limits } from '../../../policy/limits.js';
import { DatedDto } from './dated.dto.js';
import { Fqdn, Identifier, ObjectId, Sip, Text } from './fields.js';

const callId = { description: 'The id of the call.', example: '2f1d0c9e-call-1' };

export class ReportCallArrivedDto extends DatedDto {
  @Identifier(callId)
  callId!: string;

  @Fqdn({ description: 'The pool that owns the response group, or hosts the copy of it that was reached.' })
  pool!: string;

  @ObjectId({ description: 'The id of the workflow.', example: 'help-desk' })
  responseGroup!: string;

  @Text(limits.caller, {
    description:
      'Who called: a number or an address, by which the call can be found. It stays in the log for good; leave it out where personal data must not.',
    example: 'tel:+493012345',
    optional: true,
  })
  caller?: string;
}

export class ReportCallConnectedDto extends DatedDto {
  @Identifier(callId)
  callId!: string;

  @Sip({ description: 'The agent who answered.' })
  agent!: string;
}

export class ReportCallEndedDto extends DatedDto {
  @Identifier(callId)
  callId!: string;
}

export class PlaceCallOnBehalfDto extends DatedDto {
  @Sip({ description: 'The agent who calls.' })
  agent!: string;

  @Fqdn({ description: 'The pool that owns the response group, or hosts a copy of it.' })
  pool!: string;

  @ObjectId({ description: 'The id of the workflow that the callee sees.', example: 'help-desk' })
  responseGroup!: string;

  @Text(limits.callee, { description: 'Whom the agent calls.', example: 'tel:+493012345', optional: true })
  callee?: string;
}
