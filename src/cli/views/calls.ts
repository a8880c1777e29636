import type { CallAnswer, CallsAnswer } from '../../contract/calls.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { notYetRegistered, orDash, reasons, shortName, time } from '../output/words.js';
import { legendOf } from './legend.js';
import { inOtherPairs, nextPage } from './paging.js';

export function callsText(answer: CallsAnswer, io: Io): string {
  if ('stage' in answer) return notYetRegistered(answer);
  const { calls, next } = answer;
  const pools = [...new Set(calls.flatMap(({ pool, servedBy }) => [pool, servedBy ?? pool]))];
  const rows = calls.map((call) => [
    [call.callId, groupOf(call), ...(call.caller === null ? [] : [`from ${call.caller}`])].join('\n'),
    timesOf(call, pools).join('\n'),
    [
      `${call.status}, ${kindOf(call)}`,
      ...(call.servedBy === null ? ['reached no pool'] : [`on ${shortName(call.servedBy, pools)}`]),
      ...(call.agent === null ? [] : [bare(call.agent)]),
    ].join('\n'),
    reasons(call),
  ]);
  const head = ['call, response group', 'when', 'status, kind, agent', 'because'];
  return [table(head, rows, io), ...legendOf(calls, io), ...nextPage(next), ...inOtherPairs(answer)].join(
    '\n',
  );
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
  const from = call.caller === null ? '' : ` from ${call.caller}`;
  return [
    `Call ${styled(io, 'bold', call.callId)}${from} to ${groupOf(call)} of ${call.pool} is ${styled(io, 'bold', call.status)}`,
    `  ${timesOf(call, [call.pool]).join(', ')}`,
    `  ${kindOf(call)}; served by ${orDash(call.servedBy)}; agent ${orDash(call.agent)}`,
    `  because: ${reasons(call).replaceAll('\n', ', ')}`,
    ...(call.contradicts === undefined
      ? []
      : [`  it went on, though by ${call.contradicts.join(', ')} it was cut off`]),
    table(['happened', 'position', 'what', 'then', 'agent', 'because'], history, io),
    ...legendOf([call, ...(call.history ?? [])], io),
  ].join('\n');
}

type Shown = CallsAnswer['calls'][number];

const groupOf = ({ responseGroup, responseGroupName }: Shown): string =>
  responseGroupName === null || responseGroupName === responseGroup
    ? responseGroup
    : `${responseGroupName} (${responseGroup})`;

/** An address without its scheme, which every agent's has. */
const bare = (agent: string): string => agent.replace(/^sip:/, '');

/** What happened to a call and when, a line each. */
function timesOf(call: Shown, pools: readonly string[]): string[] {
  const { onBehalf, arrivedAt, connectedAt, endedAt, endedBy, cutOffBy, status } = call;
  const ended = `ended ${time(endedAt ?? '')}`;
  const over =
    status !== 'disconnected'
      ? [ended, ...(endedBy === null ? [] : [`as ${endedBy} reported`])]
      : cutOffBy === null
        ? ['cut off as it arrived']
        : [
            `cut off ${time(endedAt ?? '')}`,
            `as ${cutOffBy.stage} of ${shortName(cutOffBy.pool, pools)} began`,
          ];
  return [
    `${onBehalf ? 'placed' : 'arrived'} ${time(arrivedAt)}`,
    ...(connectedAt === null || onBehalf ? [] : [`answered ${time(connectedAt)}`]),
    ...(endedAt === null ? [] : over),
  ];
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
