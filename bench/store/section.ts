import type { Row } from '../report.js';

export interface Section {
  readonly rows: readonly Row[];
  /** What was not measured, and why. */
  readonly notRun: readonly string[];
}
