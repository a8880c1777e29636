import { toolNames } from '../texts.js';

/** `yes`, `no`, or with which tools. */
export function toolsText(tools: Readonly<Record<keyof typeof toolNames, boolean | 'depends'>>): string {
  const entries = Object.entries(tools) as [keyof typeof toolNames, boolean | 'depends'][];
  const may = entries.filter(([, value]) => value !== false);
  if (may.length === 0) return 'no';
  const text = may.map(([tool, value]) => (value === 'depends' ? `${toolNames[tool]}?` : toolNames[tool]));
  return may.length === entries.length && may.every(([, value]) => value === true) ? 'yes' : text.join(', ');
}
