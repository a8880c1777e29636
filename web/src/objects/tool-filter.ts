/** The filter of objects by tool: shown in it or not, editable with it or not. */
import type { LookingGlass } from '../../../projections/why/words.js';
import { toolFilterTexts as words } from '../texts/objects.js';
import { glassNames } from '../texts/why.js';

type Answer = boolean | 'depends';
type Glass = Exclude<LookingGlass, 'agentConsole'>;

/** What a copy is to each tool. */
export interface ToTools {
  readonly shown: Readonly<Record<Glass, Answer>> & { readonly agentConsole?: boolean };
  /** Undefined until it is known. */
  readonly editable: Readonly<Record<Glass, Answer>> | undefined;
}

/** `<question>:<tool>`, as it stands in the URL. */
type Question = 'shown' | 'hidden' | 'editable' | 'fixed';

/** By what stands in the URL, all that can be asked. */
export const toolFilters: Readonly<Record<string, string>> = Object.fromEntries(
  (['shown', 'hidden', 'editable', 'fixed'] as const satisfies readonly Question[]).flatMap((question) =>
    Object.entries(glassNames)
      .filter(([tool]) => tool !== 'agentConsole' || question === 'shown' || question === 'hidden')
      .map(([tool, name]) => [`${question}:${tool}`, words[question](name)]),
  ),
);

/** Whether a copy passes; what depends on the database passes both ways. Any other text lets all pass. */
export function passesTool(asked: string | null, { shown, editable }: ToTools): boolean {
  if (asked === null || !Object.hasOwn(toolFilters, asked)) return true;
  const [question, tool] = asked.split(':') as [Question, LookingGlass];
  const isSeen = question === 'shown' || question === 'hidden';
  const answer = isSeen ? shown[tool] : tool === 'agentConsole' ? undefined : editable?.[tool];
  switch (question) {
    case 'shown':
    case 'editable':
      return answer === true || answer === 'depends';
    case 'hidden':
    case 'fixed':
      return answer === false || answer === 'depends';
  }
}
