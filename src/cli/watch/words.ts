/** Events and what they did, in lines. */
import { tools, type Tool } from '../../../events/vocabulary.js';
import type { Happening } from '../../../projections/happening.js';
import type { CallTotals } from '../../../projections/call-status/view.js';
import { styled, type Io } from '../io.js';
import { time } from '../output/words.js';

export const headline = ({ occurredAt, position, type, actor, summary }: Happening, io: Io): string =>
  `${time(occurredAt)}  ${position}  ${styled(io, 'bold', type)} by ${actor}: ${summary}`;

export const countsText = ({
  inProgress,
  connected,
  ended,
  disconnected,
}: Pick<CallTotals, 'inProgress' | 'connected' | 'ended' | 'disconnected'>): string =>
  `${inProgress} in progress, ${connected} connected, ${ended} ended, ${disconnected} disconnected`;

const toolNames: Readonly<Record<Tool, string>> = {
  controlPanel: 'Control Panel',
  configurationTool: 'Configuration Tool',
  managementShell: 'Management Shell',
};

interface Then {
  readonly before: Readonly<Record<Tool, unknown>> | null;
  readonly after: Readonly<Record<Tool, unknown>> | null;
}

/** "40 seen with Control Panel: no (was yes)", a line for each tool and way of changing. */
export function toolChanges(changes: readonly Then[], verb: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const { before, after } of changes) {
    for (const tool of tools) {
      const [was, is] = [before?.[tool] ?? false, after?.[tool] ?? false];
      if (was === is) continue;
      const line = `${verb} ${toolNames[tool]}: ${said(is)} (was ${said(was)})`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
  }
  return [...counts].map(([line, copies]) => `${copies} ${copies === 1 ? 'copy' : 'copies'} ${line}`);
}

const said = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : 'depends');
