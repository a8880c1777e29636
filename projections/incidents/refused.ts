/** Commands that a rule refused in the course of incidents. */
import type { CommandRefused } from '../../events/refusal.js';
import type { Recorded } from '../../events/envelope.js';
import type { Incident } from '../../facts/pair.js';
import { incidentAt, poolSpokenOf } from '../audit-trail/entry.js';

export interface RefusedCommand {
  readonly at: string;
  readonly by: string;
  readonly command: string;
  readonly rule: string;
  readonly detail: string;
  readonly position: string;
}

/** How many are kept of each incident: the first. */
export const keptRefusals = 100;

/** Counts refusals by incident, as the audit trail has them. */
export class RefusalsByIncident {
  readonly counts = new Map<string, number>();
  private readonly commands = new Map<string, RefusedCommand[]>();

  constructor(private readonly incidents: readonly Incident[]) {}

  /** @param place in the order of the incidents */
  add(event: Recorded<CommandRefused>, place = event.position): void {
    const incident = incidentAt(place, poolSpokenOf(event), this.incidents);
    if (incident === null) return;
    this.counts.set(incident, (this.counts.get(incident) ?? 0) + 1);
    const kept = this.commands.get(incident) ?? [];
    this.commands.set(incident, kept);
    if (kept.length < keptRefusals) kept.push(refusedCommand(event));
  }

  of(incident: string): readonly RefusedCommand[] {
    return [...(this.commands.get(incident) ?? [])];
  }
}

const refusedCommand = ({ data, metadata, position }: Recorded<CommandRefused>): RefusedCommand => ({
  at: metadata.occurredAt,
  by: metadata.actor,
  command: data.command,
  rule: data.rule,
  detail: data.detail,
  position: String(position),
});
