/** An incident that was recorded by mistake. */
export interface StruckIncident {
  readonly id: string;
  /** By the name that it had then. */
  readonly pool: string;
  readonly startedAt: string;
  readonly retraction: {
    readonly eventId: string;
    readonly actor: string;
    /** When it was written. */
    readonly recordedAt: string;
    readonly reason: string;
  };
}
