import type { PlayLine } from './line.js';

export interface Surprise {
  readonly line: number;
  readonly command: string;
  readonly detail: string;
}

/** How the lines of a file came out. */
export interface Tally {
  accepted: number;
  refusedAsExpected: number;
  events: number;
  readonly surprises: Surprise[];
}

export const emptyTally = (): Tally => ({ accepted: 0, refusedAsExpected: 0, events: 0, surprises: [] });

export const playedLines = ({ accepted, refusedAsExpected, surprises }: Tally): number =>
  accepted + refusedAsExpected + surprises.length;

/** Counts one answer under what the line expects. `detail`: the problem, where the service names one. */
export function count(tally: Tally, line: PlayLine, status: number, events: number, detail: string): void {
  const { number, command, expect } = line;
  if (status === 200 && expect === undefined) {
    tally.accepted += 1;
    tally.events += events;
  } else if (status === 409 && expect === 'refused') tally.refusedAsExpected += 1;
  else {
    const surprise = status === 200 ? 'was accepted, but should have been refused' : `${status}: ${detail}`;
    tally.surprises.push({ line: number, command, detail: surprise });
  }
}

/** More would not be read. */
const shownSurprises = 20;

export function tallyText(tally: Tally, milliseconds: number): string {
  const { accepted, refusedAsExpected, events, surprises } = tally;
  const seconds = milliseconds / 1_000;
  const rest = surprises.length - shownSurprises;
  return [
    `${accepted} accepted, ${refusedAsExpected} refused as expected, ${surprises.length} surprises`,
    `${events} events in ${seconds.toFixed(1)} s, ${Math.round(playedLines(tally) / Math.max(seconds, 0.001))} lines a second`,
    ...surprises
      .slice(0, shownSurprises)
      .map(({ line, command, detail }) => `  line ${line}, ${command}: ${detail}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join('\n');
}
