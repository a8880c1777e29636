/** Set-CsRgsConfiguration: one set per pool. */
import { audioFile, boolean, integer, optional, type PropertyTable } from './schema.js';

export const applicationSettingsProperties: PropertyTable = {
  /** Seconds. */
  agentRingbackGracePeriod: optional(integer(30, 600), 60),
  /** Null: the built-in music. */
  defaultMusicOnHoldFile: optional(audioFile),
  disableCallContext: optional(boolean, false),
};
