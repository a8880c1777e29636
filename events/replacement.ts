import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

/** The two ways out of a failover that the documents know. */
export const routes = ['failback', 'replacement'] as const;
export type Route = (typeof routes)[number];

/** Which way out the runbook prints. */
export type RouteChosen = EventOf<
  'RouteChosen',
  {
    readonly pool: string;
    readonly route: Route;
    /** The pool that is to take its place; null where it has no name yet, or where the pool is to come back. */
    readonly replacement: string | null;
    /** Absent where none was given. */
    readonly reason?: string;
  }
>;

/** A pool is lost, and another one was built and registered in its place: in the same pair, with the same partner. */
export type PoolReplaced = EventOf<
  'PoolReplaced',
  {
    /** The pool that is lost. */
    readonly pool: string;
    readonly replacement: string;
    /** Of the replacement. */
    readonly site: string | null;
    /** Absent where none was given. */
    readonly reason?: string;
  }
>;

/** The pool that took the place of another serves: its partner stands in no longer. */
export type ReplacementCompleted = EventOf<
  'ReplacementCompleted',
  { readonly pool: string; readonly reason: string | null }
>;

export type ReplacementEvent = RouteChosen | PoolReplaced | ReplacementCompleted;

export const replacementSchemas: EventSchemas<ReplacementEvent> = {
  RouteChosen: eventSchema(),
  PoolReplaced: eventSchema(),
  ReplacementCompleted: eventSchema(),
};
