import type { Properties } from '../events/vocabulary.js';

/** What a pool's application settings are until somebody sets them: Set-CsRgsConfiguration's defaults. */
export const defaultApplicationSettings: Properties = {
  agentRingbackGracePeriod: 60,
  defaultMusicOnHoldFile: null,
  disableCallContext: false,
};
