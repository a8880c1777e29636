import { test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, EventToAppend, LogRange, StoredEvent } from '../../../src/store/port.js';
import type { EventRow } from '../../../src/store/event-row.js';
import type { JsonObject } from '../../../events/envelope.js';

/** A store under test, with ways to change it from outside. */
export interface StoreFixture {
  readonly store: EventStore;
  /** Sets the store's clock. */
  setClock(time: string): void;
  /** Closes the store and opens its log again. */
  restart(): Promise<void>;
  /** Changes the stored rows without the store. Their positions count from 1, even if the store's own do not. */
  tamper(change: (rows: EventRow[]) => EventRow[]): Promise<void>;
  /** The position in those rows for a position of the store. */
  placeOf(position: bigint): number;
  dispose(): Promise<void>;
}

/** Capabilities that the conformance list requires beyond the port, and that not every store has. */
export type Capability = 'delivery before the append resolves' | 'a chain over the whole log' | 'tampering';

/** The capabilities that a store does not have, with the reasons. */
export type Limitations = Partial<Record<Capability, string>>;

export type Check = (
  number: number,
  name: string,
  body: (fixture: StoreFixture) => Promise<void>,
  ...required: readonly Capability[]
) => void;

/** Registers checks under the numbers of the conformance list, and collects those numbers. */
export function checks(
  open: () => Promise<StoreFixture>,
  limitations: Limitations = {},
): { check: Check; numbers: Set<number> } {
  const numbers = new Set<number>();
  const check: Check = (number, name, body, ...required) => {
    numbers.add(number);
    const reasons = required.flatMap((capability) => limitations[capability] ?? []);
    if (reasons.length > 0) {
      notRun(`${number} ${name}`, reasons.join('; '));
      return;
    }
    test(`${number} ${name}`, async () => {
      const fixture = await open();
      try {
        await body(fixture);
      } finally {
        await fixture.dispose();
      }
    });
  };
  return { check, numbers };
}

/** Reports a test that was not run, with the reason: the run lists these at its end. */
export function notRun(name: string, reason: string): void {
  test(`${name} (not run: ${reason})`, () => undefined);
}

/** Differs between runs, as a server may still have the events of an earlier run. */
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

/** The places of positions in the log, counted from 1 without gaps; 0 for a position without event. */
export async function placesOf(store: EventStore, positions: readonly bigint[]): Promise<number[]> {
  const log = (await readLog(store)).map(({ position }) => position);
  return positions.map((position) => log.indexOf(position) + 1);
}

/** Positions of all events, in the order of the log. */
export const positionsOf = async (store: EventStore): Promise<bigint[]> =>
  (await readLog(store)).map(({ position }) => position);

/**
 * Waits for what will happen by itself. Turns are counted, not time: they last longer where the machine is busy, so that
 * a wait in vain ends after a minute on a quiet machine, and only because it is in vain.
 */
export async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; !condition(); turns += 1) {
    if (turns > 30_000) throw new Error('Waited in vain.');
    await pause(2);
  }
}

/** All fields of an event, as plain values. */
export function plain(stored: StoredEvent): unknown {
  const { id, type, schemaVersion, data, metadata, stream, revision, position, recordedAt } = stored;
  return { id, type, schemaVersion, data, metadata, stream, revision, position, recordedAt };
}
