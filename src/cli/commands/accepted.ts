import { styled, type Io } from '../io.js';

/** What an accepted command answers; see `src/runtime/commands/command-answer.ts`. */
export interface Accepted {
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly events: readonly { readonly type: string }[];
  readonly because?: readonly string[];
  readonly warnings?: readonly { readonly code: string; readonly detail: string }[];
  /** Of what was created, or exported. */
  readonly id?: string;
  readonly exportId?: string;
  /** Of a call: how it stands. */
  readonly callId?: string;
  readonly status?: string;
  /** Of a site outage: the pools that could not be declared. */
  readonly refused?: readonly { readonly pool: string; readonly problem: { readonly detail?: string } }[];
}

export function acceptedText(name: string, text: string, io: Pick<Io, 'colours'>): string {
  const answer = JSON.parse(text) as Accepted;
  const { stream, revision, position, events, because = [], warnings = [], refused = [] } = answer;
  const what =
    events.length === 0
      ? `${styled(io, 'green', name)}: this already holds, nothing was written.`
      : `${styled(io, 'green', name)}: ${events.map(({ type }) => type).join(', ')}.`;
  return [
    what,
    `  ${stream} at revision ${revision}, log at position ${position}`,
    ...(answer.id === undefined ? [] : [`  id: ${answer.id}`]),
    ...(answer.exportId === undefined ? [] : [`  export id: ${answer.exportId}`]),
    ...(answer.callId === undefined ? [] : [`  call ${answer.callId}: ${answer.status ?? 'unknown'}`]),
    ...(because.length === 0 ? [] : [`  because: ${because.join(', ')}`]),
    ...warnings.map(({ code, detail }) => `  ${styled(io, 'yellow', 'warning')} ${code}: ${detail}`),
    ...refused.map(
      ({ pool, problem }) => `  ${styled(io, 'red', 'refused')} ${pool}: ${problem.detail ?? ''}`,
    ),
  ].join('\n');
}
