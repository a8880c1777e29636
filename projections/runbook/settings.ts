/** The lines that set the application settings of a pool, and record that. */
import { applicationSettingsKind, type Properties } from '../../events/vocabulary.js';
import { setSettingsCmdlets } from '../../policy/cmdlets.js';
import { recording } from './record.js';
import { record, run, type Action } from './step.js';

export const settingAgain = (
  pool: string,
  properties: Properties,
  when: string | null = null,
): readonly Action[] => [
  ...run(setSettingsCmdlets(pool, properties), when),
  ...record(
    recording('modify-object', { pool, kind: applicationSettingsKind, properties, tool: 'managementShell' }),
  ),
];
