import type { CallPage, CallView } from '../../../projections/call-status/calls.js';
import type { CallHistoryEntry } from '../../../projections/call-status/history.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { orDash, reasons, time } from '../output/words.js';
import { nextPage } from './paging.js';

export function callsText(body: string, io: Io): string {
  const { calls, next } = JSON.parse(body) as CallPage;
  const rows = calls.map((call) => [
    call.callId,
    call.responseGroup,
    call.status,
    orDash(call.servedBy),
    call.anonymous ? 'yes' : 'no',
    orDash(call.agent),
    reasons(call),
  ]);
  const head = ['call', 'response group', 'status', 'served by', 'anonymous', 'agent', 'because'];
  return [table(head, rows, io), ...nextPage(next)].join('\n');
}

export function callText(body: string, io: Io): string {
  const call = JSON.parse(body) as CallView & { readonly history: readonly CallHistoryEntry[] | null };
  const kind = [
    call.anonymous ? 'anonymous' : 'regular',
    ...(call.imported ? ['imported'] : []),
    ...(call.onBehalf ? ['placed on behalf'] : []),
  ].join(', ');
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
    `  ${kind}; served by ${orDash(call.servedBy)}; agent ${orDash(call.agent)}`,
    `  because: ${reasons(call).replaceAll('\n', ', ')}`,
    table(['happened', 'position', 'what', 'then', 'agent', 'because'], history, io),
  ].join('\n');
}
