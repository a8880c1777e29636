import type { ConditionName } from '../../contract/health.js';
import { Listeners } from '../../store/listeners.js';

const warnings: ReadonlySet<ConditionName> = new Set(['snapshots-discarded', 'disk-low', 'clock-behind']);

export interface Condition {
  readonly name: ConditionName;
  readonly level: 'error' | 'warning';
  /** What is wrong, and what to do. */
  readonly sentence: string;
}

export interface ConditionChange {
  readonly condition: Condition;
  readonly over: boolean;
}

/** What is wrong now. The service goes on. */
export class Conditions {
  /** A condition that begins or ends; one that goes on with another sentence does neither. */
  readonly changes = new Listeners<ConditionChange>();
  private readonly present = new Map<ConditionName, Condition>();

  /** @param sentence null where nothing is wrong */
  note(name: ConditionName, sentence: string | null): void {
    const before = this.present.get(name);
    if (sentence === null) {
      this.present.delete(name);
      if (before !== undefined) this.changes.publish({ condition: before, over: true });
      return;
    }
    const condition: Condition = { name, level: warnings.has(name) ? 'warning' : 'error', sentence };
    this.present.set(name, condition);
    if (before === undefined) this.changes.publish({ condition, over: false });
  }

  of(name: ConditionName): string | null {
    return this.present.get(name)?.sentence ?? null;
  }

  list(): readonly Condition[] {
    return [...this.present.values()];
  }
}
