/** What people have noted in the course of an incident. */
import type { EventRef } from './event-ref.js';

export interface IncidentNote extends EventRef<'IncidentAnnotated'> {
  /** The moment that it speaks of. */
  readonly at: string;
  readonly text: string;
}

export interface StepTick extends EventRef<'StepTicked'> {
  /** Null where none was given. */
  readonly note: string | null;
}
