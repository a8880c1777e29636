/**
 * Counts over the lines of the example day, by the document alone: nothing here knows the product. A call is a line
 * `report-call-arrived`; it is connected and ends where later lines say so.
 */
interface Line {
  readonly at: string;
  readonly command: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface CountedCall {
  readonly id: string;
  readonly pool: string;
  readonly group: string;
  readonly arrived: number;
  readonly connected: number;
  readonly ended: number;
}

const NEVER = Number.POSITIVE_INFINITY;

/** On the day of the example, by its clocks. */
export const at = (time: string): number => Date.parse(`2026-11-17T${time}+01:00`);

export function callsIn(text: string): readonly CountedCall[] {
  const calls = new Map<string, { -readonly [Name in keyof CountedCall]: CountedCall[Name] }>();
  for (const line of linesIn(text)) {
    const id = String(line.body['callId']);
    const time = Date.parse(line.at);
    if (line.command === 'report-call-arrived') {
      const [pool, group] = [String(line.body['pool']), String(line.body['responseGroup'])];
      calls.set(id, { id, pool, group, arrived: time, connected: NEVER, ended: NEVER });
    }
    const call = calls.get(id);
    if (line.command === 'report-call-connected' && call !== undefined) call.connected = time;
    if (line.command === 'report-call-ended' && call !== undefined) call.ended = time;
  }
  return [...calls.values()];
}

/** The workflows that a pool had made of its own before a time: those that an export of then holds. */
export const workflowsBefore = (text: string, pool: string, time: number): ReadonlySet<string> =>
  new Set(
    linesIn(text)
      .filter(
        ({ at: when, command, body }) =>
          command === 'create-object' &&
          body['kind'] === 'workflow' &&
          body['pool'] === pool &&
          Date.parse(when) < time,
      )
      .map(({ body }) => String(body['id'])),
  );

const linesIn = (text: string): readonly Line[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** Whether a call waits for an agent at a moment. */
export const waitsAt = ({ arrived, connected, ended }: CountedCall, moment: number): boolean =>
  arrived < moment && connected > moment && ended > moment;

/** Whether an agent talks with the caller at a moment. */
export const talksAt = ({ connected, ended }: CountedCall, moment: number): boolean =>
  connected < moment && ended > moment;

/** Workflows that hide who answers. */
export const anonymousWorkflows = (text: string): ReadonlySet<string> =>
  new Set(
    linesIn(text)
      .filter(({ command, body }) => command === 'create-object' && body['kind'] === 'workflow')
      .filter(({ body }) => (body['properties'] as { readonly anonymous?: boolean }).anonymous === true)
      .map(({ body }) => String(body['id'])),
  );
