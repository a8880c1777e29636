import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { RenewedSealsAnswer, RotatedKeyAnswer, SealsAnswer } from '../../contract/seals.js';
import { CliError } from '../exit-codes.js';
import { table } from '../output/table.js';
import type { Session } from '../session.js';

const help = `
A seal is a signed statement of all that the log holds, for somebody who does not trust the one who has the log. Keep one
elsewhere, with the key: "poolkeeper verify --seal <file>" says later whether the log still is what was sealed. See
docs/seals.md.`;

/** Adds the verbs about seals. */
export function registerSeals(program: Command, session: Session): void {
  const seal = program
    .command('seal')
    .description('signed statements of what is in the log')
    .addHelpText('after', help);
  seal
    .command('list')
    .description('the seals, the newest first')
    .option('--limit <number>', 'how many, 1 to 1000', '20')
    .action(async ({ limit }: { readonly limit: string }) => {
      const answer = await session.client.view('/v1/seals', { limit });
      await session.show('seals', answer, (body) => sealsText(body, session));
    });
  textVerb(seal, session, 'show', 'the last seal, to keep', '/v1/seals/latest');
  textVerb(seal, session, 'key', 'the verifier key, to keep, with those before it', '/v1/seals/key');
  seal
    .command('rotate')
    .description('replace the key by a new one, which the old one signs for')
    .option('--reason <text>', 'why')
    .action(async ({ reason }: { readonly reason?: string }) => {
      const answer = await session.client.post('/v1/seals/key', reason === undefined ? {} : { reason });
      await session.show('rotate-seal-key', answer, rotationText);
    });
  seal
    .command('renew')
    .description('begin a new series of seals, after the log was replaced on purpose')
    .requiredOption('--reason <text>', 'why, such as that a backup was restored')
    .action(async ({ reason }: { readonly reason: string }) => {
      const answer = await session.client.post('/v1/seals/renewal', { reason });
      await session.show('renew-seals', answer, renewalText);
    });
  seal
    .command('log')
    .description('the whole log, an event a line, for a check elsewhere')
    .action(async () => {
      const lines = await session.client.lines('/v1/seals/log');
      if ('status' in lines) return session.showText(lines, lines.text);
      for await (const line of lines) if (line !== '') session.io.out(line);
    });
}

function textVerb(seal: Command, session: Session, name: string, description: string, path: string): void {
  seal
    .command(name)
    .description(description)
    .option('--out <file>', 'write it to this file')
    .action(async ({ out }: { readonly out?: string }) => {
      const answer = await session.client.view(path);
      if (out === undefined || answer.status >= 400) return session.showText(answer, answer.text.trimEnd());
      writeTo(out, answer.text);
    });
}

function writeTo(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CliError(`--out: ${(error as Error).message}`);
  }
}

function sealsText({ origin, seals, onHold }: SealsAnswer, { io }: Session): string {
  const rows = seals.map(({ at, size, occasion, root }) => [at, String(size), occasion, root]);
  return [
    `The log is sealed as ${origin}.`,
    ...(onHold === null ? [] : [`Sealing is on hold: ${onHold}`]),
    rows.length === 0
      ? 'Nothing is sealed yet.'
      : table(['sealed at', 'events', 'occasion', 'root'], rows, io),
  ].join('\n');
}

const rotationText = ({ key, rotation }: RotatedKeyAnswer): string =>
  `The new verifier key is\n  ${key}\nBoth keys have signed:\n\n${rotation.trimEnd()}`;

const renewalText = ({ origin, key, before }: RenewedSealsAnswer): string =>
  `The log is sealed as ${origin} from now on; the seals before are in the folder ${before}.\n  ${key}`;
