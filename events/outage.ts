import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';
import type { BackEndDatabaseState } from './vocabulary.js';

export type OutageDeclared = EventOf<
  'OutageDeclared',
  {
    readonly pool: string;
    readonly backEndDatabase: BackEndDatabaseState;
    readonly reason: string | null;
    /** The site, where the outage was declared for a whole site. */
    readonly site: string | null;
    /** Present where a drill begins; absent where it is real. */
    readonly drill?: true;
  }
>;

export type BackEndDatabaseReported = EventOf<
  'BackEndDatabaseReported',
  { readonly pool: string; readonly state: BackEndDatabaseState; readonly reason?: string }
>;

/** `reason` is absent where none was given. */
export type OutageEnded = EventOf<'OutageEnded', { readonly pool: string; readonly reason?: string }>;
export type IncidentClosed = EventOf<'IncidentClosed', { readonly pool: string; readonly reason?: string }>;

export type OutageEvent = OutageDeclared | BackEndDatabaseReported | OutageEnded | IncidentClosed;

export const outageSchemas: EventSchemas<OutageEvent> = {
  OutageDeclared: eventSchema(
    // Version 1 did not know of the back-end database or of sites: what was not asked is unknown, not guessed.
    (data) => ({ ...data, backEndDatabase: 'unknown', reason: data['reason'] ?? null, site: null }),
  ),
  BackEndDatabaseReported: eventSchema(),
  OutageEnded: eventSchema(),
  IncidentClosed: eventSchema(),
};
