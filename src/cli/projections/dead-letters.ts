import type { Command } from 'commander';
import type { Answer } from '../client.js';
import { exitCodes } from '../exit-codes.js';
import type { Session } from '../session.js';
import { decidedText, deadLettersText, type Decided } from './words.js';

interface Options {
  readonly actor?: string;
  readonly reason?: string;
}

export function registerDeadLetters(program: Command, session: Session): void {
  const letters = program
    .command('dead-letters')
    .description('events that a projection could not fold; without a further word, the list of them')
    .action(async () => {
      session.show(await session.client.view('/v1/dead-letters'), (text) =>
        deadLettersText(text, session.io),
      );
    });
  letters
    .command('retry')
    .description('fold the event once more, and everything after it')
    .argument('<id>', 'of the dead letter')
    .option('--reason <text>', 'why it may go better now')
    .option('--actor <name>', 'who decides it; the user of the service where absent')
    .action(async (id: string, { actor, reason }: Options) => {
      show(await session.client.post(pathOf(id, 'retry'), { reason }, { actor }), session);
    });
  letters
    .command('discard')
    .description('have the projection do without the event, for ever')
    .argument('<id>', 'of the dead letter')
    .requiredOption('--reason <text>', 'why it may')
    .option('--actor <name>', 'who decides it; the user of the service where absent')
    .action(async (id: string, { actor, reason }: Options) => {
      show(await session.client.post(pathOf(id, 'discard'), { reason }, { actor }), session);
    });
}

const pathOf = (id: string, what: string): string => `/v1/dead-letters/${encodeURIComponent(id)}/${what}`;

function show(answer: Answer, session: Session): void {
  session.show(answer, decidedText);
  if (answer.status < 400 && !(JSON.parse(answer.text) as Decided).gone) session.exitCode = exitCodes.other;
}
