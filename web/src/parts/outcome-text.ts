/** Cells of the document's tables in a few words. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { matrixTexts as words } from '../texts/matrix.js';
import { toolNames } from '../texts.js';

export type Cell = AnswerOf<'experience'>['stages'][number]['rows'][number];
export type CallRow = Extract<AnswerOf<'call-status'>, { stage: string }>['rows'][number];
export type Before = Exclude<Extract<CallRow, { row: 'new-calls' }>['before'], undefined>;

/** `anonymous, not imported`. */
export function whenText({ when }: Cell): string {
  const parts = Object.entries(when).map(([name, value]: [string, string | boolean]) => {
    if (name === 'anonymous') return value === true ? words.anonymous : words.regular;
    if (name === 'imported') return value === true ? words.imported : words.notImported;
    if (name === 'ownership') return words.ownerships[value as keyof typeof words.ownerships];
    return words.databases[value as keyof typeof words.databases];
  });
  return parts.join(', ');
}

/** What a cell of the tables says, in a few words. */
export function outcomeText(cell: Cell | CallRow): string {
  if (cell.row === 'configuration') {
    const tools = Object.entries(cell.outcome) as [
      keyof typeof toolNames,
      { view: unknown; modify: boolean },
    ][];
    const shown = tools.filter(([, { view }]) => view !== false);
    if (shown.length === 0) return words.hidden;
    return shown
      .map(
        ([tool, { view, modify }]) =>
          `${toolNames[tool]}: ${view === 'depends' ? words.depends : modify ? words.edit : words.view}`,
      )
      .join('; ');
  }
  if (cell.row === 'agent-console') {
    if (!cell.outcome.displayed) return words.notShown;
    return cell.outcome.signIn ? words.signIn : words.noSignIn;
  }
  return cell.row === 'new-calls' ? newCallText(cell.outcome) : words.outcomes[cell.outcome];
}

export const newCallText = (outcome: Before['outcome']): string =>
  outcome.call === 'connected' ? words.connectTo[outcome.to] : words.cutOff;
