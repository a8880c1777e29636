import { test } from '@jest/globals';
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
  /** Changes the stored rows behind the store's back. */
  tamper(change: (rows: EventRow[]) => EventRow[]): Promise<void>;
  dispose(): Promise<void>;
}

export type Check = (number: number, name: string, body: (bench: Bench) => Promise<void>) => void;

/** Registers checks under the numbers of the conformance list, and remembers which there were. */
export function checks(open: () => Promise<Bench>): { check: Check; numbers: Set<number> } {
  const numbers = new Set<number>();
  const check: Check = (number, name, body) => {
    numbers.add(number);
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

let made = 0;

export function newId(): string {
  made += 1;
  return `00000000-0000-4000-8000-${made.toString().padStart(12, '0')}`;
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

/** Everything of an event, as plain values. */
export function plain(stored: StoredEvent): unknown {
  const { id, type, schemaVersion, data, metadata, stream, revision, position, recordedAt } = stored;
  return { id, type, schemaVersion, data, metadata, stream, revision, position, recordedAt };
}
