import { Listeners } from '../../store/listeners.js';

/** What can be wrong for a while, and how bad it is. The names are in `/health`, in metrics and in the log. */
export const conditionLevels = {
  'another-log': 'warning',
  'lost-events': 'error',
  'store-ended': 'error',
  'damaged-file': 'error',
  'not-writable': 'error',
  'disk-full': 'error',
  'disk-low': 'warning',
  'clock-behind': 'warning',
  'verification-failed': 'error',
} as const satisfies Readonly<Record<string, 'error' | 'warning'>>;

export type ConditionName = keyof typeof conditionLevels;

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
    const condition: Condition = { name, level: conditionLevels[name], sentence };
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
