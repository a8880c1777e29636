/** How people call what an answer is about. */
import type { ObjectKind, Tool } from '../../events/vocabulary.js';
import type { Copy } from '../../facts/pair.js';
import { limits } from '../../policy/limits.js';
import { cutTo } from '../../policy/texts/cut.js';

/** What somebody looks with: a tool of administrators, or the console of an agent. */
export const lookingGlasses = [
  'controlPanel',
  'configurationTool',
  'managementShell',
  'agentConsole',
] as const satisfies readonly (Tool | 'agentConsole')[];
export type LookingGlass = (typeof lookingGlasses)[number];

export const toolNames: Readonly<Record<LookingGlass, string>> = {
  controlPanel: 'Control Panel',
  configurationTool: 'Configuration Tool',
  managementShell: 'Management Shell',
  agentConsole: 'agent console',
};

export const kindNames: Readonly<Record<ObjectKind, string>> = {
  workflow: 'workflow',
  queue: 'queue',
  'agent-group': 'agent group',
  'hours-of-business': 'hours of business',
  'holiday-set': 'holiday set',
};

export const labelOf = ({ kind, name }: Pick<Copy, 'kind' | 'name'>): string =>
  `${kindNames[kind]} "${cutTo(name, limits.name)}"`;
