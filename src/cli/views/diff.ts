import type { CallTotals } from '../../../projections/call-status/view.js';
import type { CopyEntry } from '../../../projections/copy-entries.js';
import type { PoolDiff, PoolStatus } from '../../../projections/diff/diff.js';
import type { DifferingCopies } from '../../../projections/view-set/differing-copies.js';
import type { DiffAnswer } from '../../contract/diff.js';
import type { Service, Tool } from '../../../events/vocabulary.js';
import type { Grounds } from '../../../policy/grounds.js';
import type { Visible } from '../../../policy/experience/types.js';
import { differencesText } from '../exports/compare.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { notYetRegistered, orDash, reasons, shortName, time, toolsText } from '../output/words.js';

type DifferingCopy = CopyEntry & Grounds & { readonly tools: Readonly<Record<Tool, Visible>> };

export function diffText(diff: DiffAnswer, io: Io): string {
  if (diff.begins !== undefined) return notYetRegistered(diff);
  const { fqdn, from, to, stage, visibility, editability, configuration, callStatus, events, contradicted } =
    diff;
  const calls = Object.entries(events.calls).map(([type, number]) => `${number} ${type}`);
  const more = events.morePairEvents === 0 ? [] : [`and ${events.morePairEvents} more events of the pair`];
  return [
    `What changed of ${styled(io, 'bold', fqdn)} after ${time(from)} and up to ${time(to)}`,
    table(['', 'before', 'after'], standingRows(stage.before, stage.after), io),
    ...copiesText(visibility, 'seen with', io),
    ...copiesText(editability, 'changed with', io),
    ...configurationText(configuration, io),
    styled(io, 'bold', 'calls'),
    table(['', 'before', 'after'], callRows(callStatus), io),
    styled(io, 'bold', 'what did it'),
    table(
      ['happened, position', 'who, what', 'in words'],
      events.pair.map((event) => [
        `${time(event.occurredAt)}\n${event.position}`,
        `${event.actor}\n${event.type}`,
        event.summary,
      ]),
      io,
    ),
    ...more,
    ...(calls.length === 0 ? [] : [`and of calls: ${calls.join(', ')}`]),
    ...(contradicted ?? []).map(
      ({ position, detail }) => `position ${position} makes no sense there: ${detail}`,
    ),
  ].join('\n');
}

const configurationText = (configuration: PoolDiff['configuration'], io: Io): string[] =>
  configuration.objects.length === 0
    ? [`${styled(io, 'bold', 'configuration')}: nothing changed`]
    : [styled(io, 'bold', 'configuration'), ...differencesText(configuration, io)];

const standingRows = (before: PoolStatus | null, after: PoolStatus | null): string[][] => [
  ['stage', before?.stage ?? 'not registered', after?.stage ?? 'not registered'],
  ['stage of the partner', before?.partnerStage ?? '-', after?.partnerStage ?? '-'],
  ['incident', orDash(before?.incident ?? null), orDash(after?.incident ?? null)],
  ['back-end database', before?.backEndDatabase ?? '-', after?.backEndDatabase ?? '-'],
  ...serviceRows(before, after),
  ...replicationRows(before, after),
];

/** Those that were reported at either moment. */
function serviceRows(before: PoolStatus | null, after: PoolStatus | null): string[][] {
  const words = (status: PoolStatus | null, wanted: Service): string => {
    const entry = status?.services?.find(({ service }) => service === wanted);
    if (entry === undefined) return '-';
    return entry.frontEnds === 'some' ? `${entry.state} on some Front End servers` : entry.state;
  };
  const reported = [before, after].flatMap((status) => status?.services ?? []);
  return [...new Set(reported.map(({ service }) => service))].map((service) => [
    service,
    words(before, service),
    words(after, service),
  ]);
}

function replicationRows(before: PoolStatus | null, after: PoolStatus | null): string[][] {
  const words = (status: PoolStatus | null): string => {
    const { replication } = status ?? {};
    if (replication === undefined) return '-';
    const isOn = replication.enabled === true ? 'on' : 'off';
    return replication.state === null ? isOn : `${isOn}, ${replication.state}`;
  };
  const [then, now] = [words(before), words(after)];
  return then === '-' && now === '-' ? [] : [['replication to the partner', then, now]];
}

function copiesText(
  { objects, forOtherReasons }: DifferingCopies<DifferingCopy>,
  withTools: string,
  io: Io,
): string[] {
  const same = forOtherReasons === 0 ? [] : [`${forOtherReasons} copies as before, for other reasons`];
  if (objects.length === 0) return [`${styled(io, 'bold', withTools)}: nothing changed`, ...same];
  const parents = [...new Set(objects.flatMap(({ before, after }) => (after ?? before)?.parent ?? []))];
  const rows = objects.map(({ before, after }) => {
    const entry = after ?? before;
    const { kind = '', name = '', parent = '' } = entry ?? {};
    return [
      `${name}\n${kind}`,
      shortName(parent, parents),
      before === null ? 'not there' : toolsText(before.tools),
      after === null ? 'gone' : toolsText(after.tools),
      after === null ? '' : reasons(after),
    ];
  });
  return [table(['copy', 'on', `${withTools} before`, 'after', 'because'], rows, io), ...same];
}

function callRows({
  totals: { before, after },
  disconnectedByStatement,
}: PoolDiff['callStatus']): string[][] {
  const row = (what: string, total: keyof Omit<CallTotals, 'disconnectedByStatement'>): string[] => [
    what,
    String(before?.[total] ?? 0),
    String(after?.[total] ?? 0),
  ];
  return [
    row('in progress', 'inProgress'),
    row('connected', 'connected'),
    row('ended', 'ended'),
    row('disconnected', 'disconnected'),
    ...Object.entries(disconnectedByStatement).map(([cause, calls]) => [
      `by ${cause}`,
      String(calls.before),
      String(calls.after),
    ]),
  ];
}
