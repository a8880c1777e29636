import type { CallAnswer, CallsAnswer } from '../../contract/calls.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { orDash, reasons, time } from '../output/words.js';
import { nextPage } from './paging.js';

export function callsText({ calls, next }: CallsAnswer, io: Io): string {
  const rows = calls.map((call) => [
    `${call.callId}\n${call.responseGroup}`,
    `${call.status}\n${kindOf(call)}`,
    `${orDash(call.agent)}\n${orDash(call.servedBy)}`,
    reasons(call),
  ]);
  const head = ['call, response group', 'status, kind', 'agent, served by', 'because'];
  return [table(head, rows, io), ...nextPage(next)].join('\n');
}

export function callText(call: CallAnswer, io: Io): string {
  const history = (call.history ?? []).map((entry) => [
    time(entry.occurredAt),
    entry.position,
    entry.what + (entry.contradicted ? ' (contradicted)' : ''),
    entry.status,
    orDash(entry.agent),
    reasons(entry),
  ]);
  return [
    `Call ${styled(io, 'bold', call.callId)} to ${call.responseGroup} of ${call.pool} is ${styled(io, 'bold', call.status)}`,
    `  ${kindOf(call)}; served by ${orDash(call.servedBy)}; agent ${orDash(call.agent)}`,
    `  because: ${reasons(call).replaceAll('\n', ', ')}`,
    ...(call.contradicts === undefined
      ? []
      : [`  it went on, though by ${call.contradicts.join(', ')} it was cut off`]),
    table(['happened', 'position', 'what', 'then', 'agent', 'because'], history, io),
  ].join('\n');
}

const kindOf = ({
  anonymous,
  imported,
  onBehalf,
}: Pick<CallAnswer, 'anonymous' | 'imported' | 'onBehalf'>): string =>
  [
    anonymous ? 'anonymous' : 'regular',
    ...(imported ? ['imported'] : []),
    ...(onBehalf ? ['placed on behalf'] : []),
  ].join(', ');
