/** How values of views are put in the cells of a table. */
import { tools, type Tool } from '../../../events/vocabulary.js';
import type { Ownership, Visible } from '../../../policy/experience/types.js';
import type { Grounds } from '../../../policy/grounds.js';
import type { Beginning } from '../../contract/words.js';
import { styled, type Io } from '../io.js';
import { printedTime } from '../times/printed.js';

export const yesNo = (value: Visible): string =>
  value === true ? 'yes' : value === false ? 'no' : 'depends';

const toolNames: Readonly<Record<Tool, string>> = {
  controlPanel: 'panel',
  configurationTool: 'config. tool',
  managementShell: 'shell',
};

/** With which tools: all, none, or those that are named. */
export function toolsText(outcome: Readonly<Record<Tool, Visible>>): string {
  const answers = new Set(Object.values(outcome));
  const [only] = answers;
  if (answers.size === 1 && only !== undefined) {
    return only === 'depends' ? 'depends' : only ? 'all tools' : 'no tool';
  }
  return tools
    .filter((tool) => outcome[tool] !== false)
    .map((tool) => toolNames[tool] + (outcome[tool] === 'depends' ? '?' : ''))
    .join(', ');
}

/** Whose a copy is, and how it came there: a replica without an import. */
export const whoseText = ({ ownership, replica }: Whose): string =>
  replica === true ? 'replica' : ownership;

interface Whose {
  readonly ownership: Ownership;
  readonly replica?: true;
}

/** Statement ids, one a line; where the document is silent, the inference. */
export const reasons = ({ because, inference }: Pick<Grounds, 'because' | 'inference'>): string =>
  because.length > 0 ? because.join('\n') : inference === null ? '' : `(inferred: ${inference})`;

/** By the clocks of this machine, with their offset: 2026-11-24 03:58:00+01:00, or 2026-11-24 02:58:00Z in UTC. */
export const time = (text: string): string => printedTime(text);

/** Of an answer for a moment at which there was no pair yet. */
export const notYetRegistered = ({ fqdn, begins }: NotYet): string =>
  `${fqdn} was not registered at that moment.${beginningText(begins)}`;

interface NotYet {
  readonly fqdn: string;
  readonly begins?: Beginning;
}

const beginningText = (begins: Beginning | undefined): string =>
  begins === undefined
    ? ''
    : ` Its record begins at position ${begins.position}, recorded ${time(begins.recordedAt)} (--as-of), with what happened ${time(begins.happenedAt)} (--at).`;

export const orDash = (text: string | null): string => text ?? '-';

/** `{ anonymous: true, imported: false }` as "anonymous, not imported". */
export const condition = (when: Readonly<Record<string, unknown>>): string =>
  Object.entries(when)
    .map(([name, value]) =>
      typeof value === 'boolean' ? (value ? name : `not ${name}`) : `${name} ${String(value)}`,
    )
    .join(', ');

/** The outcome of a cell in words, whatever its shape. */
export function outcomeText(outcome: unknown): string {
  if (typeof outcome !== 'object' || outcome === null) return String(outcome);
  return Object.entries(outcome)
    .map(([name, value]: [string, unknown]) => {
      if (typeof value === 'object' && value !== null) return `${name}: ${outcomeText(value)}`;
      return typeof value === 'boolean' ? `${name} ${yesNo(value)}` : `${name} ${String(value)}`;
    })
    .join('\n');
}

/** The first label of a pool's name, where it tells the pools apart; the whole name is in the heading. */
export function shortName(fqdn: string, pools: readonly string[]): string {
  const labelOf = (name: string): string => name.split('.')[0] ?? name;
  const labels = new Set(pools.map(labelOf));
  return labels.size === pools.length ? labelOf(fqdn) : fqdn;
}

interface PoolAndPartner {
  readonly fqdn: string;
  readonly stage: string;
  readonly partner: string;
  readonly partnerStage: string;
  readonly unpaired?: object;
}

/** `pool-berlin.contoso.com (stage outage) with pool-hamburg.contoso.com (stage normal)`. */
export const poolAndPartner = (
  { fqdn, stage, partner, partnerStage, unpaired }: PoolAndPartner,
  io: Pick<Io, 'colours'>,
): string =>
  `${styled(io, 'bold', fqdn)} (stage ${stage}) ${unpaired === undefined ? `with ${partner} (stage ${partnerStage})` : 'in no pair'}`;
