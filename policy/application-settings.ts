import type { Properties } from '../events/vocabulary.js';
import { applicationSettingsProperties } from './object-properties/application-settings.js';
import { defaultsOf } from './object-properties/tables.js';

/** The application settings of a pool before anybody sets them: the defaults of Set-CsRgsConfiguration. */
export const defaultApplicationSettings: Properties = defaultsOf(applicationSettingsProperties);
