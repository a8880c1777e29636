/** How entries show that their event was corrected: it stays, struck through, beside the correction. */
import type { EventRetracted, EventTimeCorrected } from '../../events/correction.js';
import type { Recorded } from '../../events/envelope.js';
import type { CorrectionsOf } from '../../facts/in-force.js';

/** Who corrected it, and why. */
export interface CorrectedBy {
  /** The id of the correction. */
  readonly event: string;
  /** When it was recorded. */
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  /** Of another time: when it happened after all. Absent where the event was retracted. */
  readonly occurredAt?: string;
}

/** Absent where the entry is in force, with the time at which it was reported. */
export interface Corrected {
  readonly retractedBy?: CorrectedBy;
  readonly correctedBy?: CorrectedBy;
}

export const correctedOf = ({ retracted, retimed }: CorrectionsOf): Corrected => ({
  ...(retracted === null ? {} : { retractedBy: markOf(retracted) }),
  ...(retimed === null
    ? {}
    : {
        correctedBy: { ...markOf(retimed), occurredAt: retimed.data.occurredAt },
      }),
});

const markOf = ({
  id,
  recordedAt,
  metadata,
  data,
}: Recorded<EventRetracted> | Recorded<EventTimeCorrected>): CorrectedBy => ({
  event: id,
  at: recordedAt,
  by: metadata.actor,
  reason: data.reason,
});
