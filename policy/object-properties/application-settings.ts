/** Set-CsRgsConfiguration: one set per pool. */
import { audioFile, boolean, integer, optional, type PropertyTable } from './schema.js';

export const applicationSettingsProperties: PropertyTable = {
  /** Seconds. */
  agentRingbackGracePeriod: optional(integer(30, 600), 60),
  /** None: the music that is built in. */
  defaultMusicOnHoldFile: optional(audioFile),
  disableCallContext: optional(boolean, false),
};
