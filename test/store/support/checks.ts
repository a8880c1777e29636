import { test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, EventToAppend, LogRange, StoredEvent } from '../../../src/store/port.js';
import type { EventRow } from '../../../src/store/event-row.js';
import type { JsonObject } from '../../../events/envelope.js';

/** A store under test, and what can be done to it from outside. */
export interface Bench {
  readonly store: EventStore;
  /** What the store's clock says from now on. */
  setClock(time: string): void;
  /** Closes the store and opens its log again. */
  restart(): Promise<void>;
  /** Changes the stored rows behind the store's back: positions count from 1, also where the store's own do not. */
  tamper(change: (rows: EventRow[]) => EventRow[]): Promise<void>;
  /** What a position of the store is in those rows. */
  placeOf(position: bigint): number;
  dispose(): Promise<void>;
}

/** What the list asks for beyond the port, which not every store can have. */
export type Need = 'delivery before the append resolves' | 'a chain over the whole log' | 'tampering';

/** What a store, or the way it is reached, lacks, with the reason. */
export type Lacks = Partial<Record<Need, string>>;

export type Check = (
  number: number,
  name: string,
  body: (bench: Bench) => Promise<void>,
  ...needs: readonly Need[]
) => void;

/** Registers checks under the numbers of the conformance list, and remembers which there were. */
export function checks(
  open: () => Promise<Bench>,
  lacks: Lacks = {},
): { check: Check; numbers: Set<number> } {
  const numbers = new Set<number>();
  const check: Check = (number, name, body, ...needs) => {
    numbers.add(number);
    const reasons = needs.flatMap((need) => lacks[need] ?? []);
    if (reasons.length > 0) {
      notRun(`${number} ${name}`, reasons.join('; '));
      return;
    }
    test(`${number} ${name}`, async () => {
      const bench = await open();
      try {
        await body(bench);
      } finally {
        await bench.dispose();
      }
    });
  };
  return { check, numbers };
}

/** A test that was left out says so, and why. */
export function notRun(name: string, reason: string): void {
  test(`${name} (not run: ${reason})`, () => {
    process.stdout.write(`not run: ${name}: ${reason}\n`);
  });
}

/** Ids of one run are not those of another, which a server may have kept. */
const run = randomUUID().slice(0, 24);
let made = 0;

export function newId(): string {
  made += 1;
  return run + made.toString().padStart(12, '0');
}

export function event(overrides: Partial<EventToAppend> = {}): EventToAppend {
  return {
    id: newId(),
    type: 'CallArrived',
    schemaVersion: 1,
    data: { n: made },
    metadata: {},
    ...overrides,
  };
}

export function events(count: number, data: JsonObject = {}): EventToAppend[] {
  return Array.from({ length: count }, (_, n) => event({ data: { n, ...data } }));
}

export const idsOf = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);

export async function readLog(store: EventStore, range?: LogRange): Promise<StoredEvent[]> {
  const pages: StoredEvent[] = [];
  for await (const page of store.readAll(range)) pages.push(...page);
  return pages;
}

/** Places in the log, from 1, of positions; 0 for what is no position of the log. Positions may leave gaps, places do not. */
export async function placesOf(store: EventStore, positions: readonly bigint[]): Promise<number[]> {
  const log = (await readLog(store)).map(({ position }) => position);
  return positions.map((position) => log.indexOf(position) + 1);
}

/** Positions of all events, in the order of the log. */
export const positionsOf = async (store: EventStore): Promise<bigint[]> =>
  (await readLog(store)).map(({ position }) => position);

/** Waits for what will happen by itself; the time that jest gives a test ends a wait in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(2);
}

/** Everything of an event, as plain values. */
export function plain(stored: StoredEvent): unknown {
  const { id, type, schemaVersion, data, metadata, stream, revision, position, recordedAt } = stored;
  return { id, type, schemaVersion, data, metadata, stream, revision, position, recordedAt };
}
