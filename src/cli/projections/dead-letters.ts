import type { Command } from 'commander';
import type { Answer } from '../client.js';
import { exitCodes } from '../exit-codes.js';
import type { Session } from '../session.js';
import { decidedText, deadLettersText } from './words.js';

interface Options {
  readonly actor?: string;
  readonly reason?: string;
}

export function registerDeadLetters(program: Command, session: Session): void {
  const letters = program
    .command('dead-letters')
    .description('events that a projection could not fold; without a further word, the list of them')
    .action(async () => {
      const answer = await session.client.view('/v1/dead-letters');
      await session.show('dead-letters', answer, (body) => deadLettersText(body, session.io));
    });
  letters
    .command('retry')
    .description('fold the event once more, and everything after it')
    .argument('<id>', 'of the dead letter')
    .option('--reason <text>', 'why it may go better now')
    .option('--actor <name>', 'who decides it; the user of the service where absent')
    .action(async (id: string, { actor, reason }: Options) => {
      const answer = await session.client.post(pathOf(id, 'retry'), { reason }, { actor });
      await show('retry-dead-letter', answer, session);
    });
  letters
    .command('discard')
    .description('make the projection skip the event from now on')
    .argument('<id>', 'of the dead letter')
    .requiredOption('--reason <text>', 'why it may')
    .option('--actor <name>', 'who decides it; the user of the service where absent')
    .action(async (id: string, { actor, reason }: Options) => {
      const answer = await session.client.post(pathOf(id, 'discard'), { reason }, { actor });
      await show('discard-dead-letter', answer, session);
    });
}

const pathOf = (id: string, what: string): string => `/v1/dead-letters/${encodeURIComponent(id)}/${what}`;

async function show(
  operation: 'retry-dead-letter' | 'discard-dead-letter',
  answer: Answer,
  session: Session,
): Promise<void> {
  await session.show(operation, answer, decidedText);
  if (answer.status >= 400) return;
  const { gone } = await session.client.read(operation, answer);
  if (!gone) session.exitCode = exitCodes.other;
}
