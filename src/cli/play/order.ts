/** Which lines must wait for which: the rest are sent side by side. */
import type { CommandName } from '../../domain/commands.js';
import type { PlayLine } from './line.js';
import { labelsIn } from './placeholders.js';

/** Commands that concern one call or one agent; all others concern a pair, and everything before them is finished first. */
const ofCallOrAgent: ReadonlySet<CommandName> = new Set([
  'register-agent',
  'move-agent',
  'sign-in-agent',
  'sign-out-agent',
  'report-call-arrived',
  'report-call-connected',
  'report-call-ended',
  'place-call-on-behalf',
]);

export const isBarrier = ({ command }: Pick<PlayLine, 'command'>): boolean => !ofCallOrAgent.has(command);

/** Lines that share one of these are sent in their order, each after the one before was answered. */
export function lanesOf({ body, label }: Pick<PlayLine, 'body' | 'label'>): readonly string[] {
  const { callId, agent } = body;
  return [
    ...(typeof callId === 'string' ? [`call ${callId}`] : []),
    ...(typeof agent === 'string' ? [`agent ${agent.toLowerCase()}`] : []),
    ...labelsIn(body).map((from) => `label ${from}`),
    ...(label === undefined ? [] : [`label ${label}`]),
  ];
}
