/** Colours that tell states apart at a glance. The word always stands there too: nothing is said by colour alone. */
import { styled, type Io } from '../io.js';

export type Tone = Parameters<typeof styled>[1];

const good: Tone = 'green';
const urgent: Tone = ['bold', 'redBright'];
const wary: Tone = 'yellow';
const moving: Tone = 'magenta';
const possible: Tone = 'cyan';
const over: Tone = 'dim';

const tones: Readonly<Record<string, Tone>> = {
  normal: good,
  outage: urgent,
  'failing-over': moving,
  'failed-over': wary,
  'failing-back': moving,
  'failed-back': possible,
  now: ['bold', 'green'],
  blocked: urgent,
  available: possible,
  done: over,
  later: over,
  passed: over,
  over,
  'not-needed': over,
  ready: good,
  warnings: wary,
  warning: wary,
  critical: urgent,
  info: possible,
  up: good,
  degraded: wary,
  down: urgent,
  connected: good,
  'in-progress': possible,
  disconnected: urgent,
  ended: over,
};

/** Columns whose cells are states. */
const columnsOfStates: readonly string[] = ['stage', 'state', 'severity', 'status', 'verdict'];

/** Of a state, which may be followed by more words; undefined for other texts. */
export function toneOf(text: string): Tone | undefined {
  const [word = ''] = text.split(/[\s,(]/);
  return Object.hasOwn(tones, word) ? tones[word] : undefined;
}

export function toned(io: Pick<Io, 'colours'>, text: string): string {
  const tone = toneOf(text);
  return tone === undefined ? text : styled(io, tone, text);
}

/** Cells with several lines are styled line by line: a frame stands between them. */
export const tonedCell = (io: Pick<Io, 'colours'>, column: string, cell: string, drawn: string): string => {
  const tone = columnsOfStates.includes(column) ? toneOf(cell) : undefined;
  if (tone === undefined) return drawn;
  return drawn
    .split('\n')
    .map((line) => styled(io, tone, line))
    .join('\n');
};
