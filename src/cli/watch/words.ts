/** Events and what they did, in lines. */
import type { Tool } from '../../../events/vocabulary.js';
import type { EventSummary } from '../../../projections/event-summary.js';
import type { Visible } from '../../../policy/experience/types.js';
import type { CallTotals } from '../../../projections/call-status/view.js';
import { styled, type Io } from '../io.js';
import { time, toolsText } from '../output/words.js';

export const headline = ({ occurredAt, position, type, actor, summary }: EventSummary, io: Io): string =>
  `${time(occurredAt)}  ${position}  ${styled(io, 'bold', type)} by ${actor}: ${summary}`;

export const countsText = ({
  inProgress,
  connected,
  ended,
  disconnected,
}: Pick<CallTotals, 'inProgress' | 'connected' | 'ended' | 'disconnected'>): string =>
  `${inProgress} in progress, ${connected} connected, ${ended} ended, ${disconnected} disconnected`;

interface ThenAndNow {
  readonly before: Readonly<Record<Tool, Visible>> | null;
  readonly after: Readonly<Record<Tool, Visible>> | null;
}

/** "40 copies seen with: all tools -> no tool", a line for each way in which copies changed. */
export function toolChanges(changes: readonly ThenAndNow[], verb: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const { before, after } of changes) {
    const [was, is] = [
      before === null ? 'not there' : toolsText(before),
      after === null ? 'gone' : toolsText(after),
    ];
    if (was === is) continue;
    const line = `${verb}: ${was} -> ${is}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, copies]) => `${copies} ${copies === 1 ? 'copy' : 'copies'} ${line}`);
}
