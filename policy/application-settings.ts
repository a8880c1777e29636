import type { Properties } from '../events/vocabulary.js';
import { applicationSettingsProperties } from './object-properties/application-settings.js';
import { defaultsOf } from './object-properties/tables.js';

/** What a pool's application settings are until somebody sets them: Set-CsRgsConfiguration's defaults. */
export const defaultApplicationSettings: Properties = defaultsOf(applicationSettingsProperties);
