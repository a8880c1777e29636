import type { Command } from 'commander';
import { commandNames, commandSummaries } from '../../domain/command-summaries.js';
import type { Session } from '../session.js';
import { exitCodes, CliError, type ExitCode } from '../exit-codes.js';
import { isMembers } from '../play/placeholders.js';
import { terminal } from '../../../text/terminal.js';
import { withIds } from '../names.js';
import { flagOf, optionOf, type Field } from './fields.js';
import { acceptedText } from './accepted.js';
import { commandVerbs } from './table.js';

type Options = Readonly<Record<string, unknown>>;

/** Adds a verb for every command. */
export function registerCommands(program: Command, session: Session): void {
  for (const name of commandNames) {
    const { fields } = commandVerbs[name];
    const verb = program.command(name).description(commandSummaries[name]);
    const flags = fields.map(optionOf);
    for (const flag of flags) verb.addOption(flag);
    verb
      .option('--stdin', 'the fields as one JSON object from standard input; flags come beside it', false)
      .option('--preview', 'say what it would do now, and what it would change; nothing is stored', false)
      .option('--actor <name>', 'who gives the command; the user of the service where absent')
      .option('--idempotency-key <key>', 'a repeat with the same key gets the first answer')
      .option('--if-match <revision>', 'only if the stream that is written stands at this revision, or *')
      .action(async (options: Options) => {
        const failures: ExitCode[] = [];
        const given = { ...piped(options, session), ...bodyOf(fields, options) };
        const { body: whole, hint } = await withIds(given, name, session.client);
        for (const { body, suffix } of eachOf(whole)) {
          const key = textIn(options, 'idempotencyKey');
          const preview = options['preview'] === true;
          const answer = await session.client.command(name, body, {
            actor: textIn(options, 'actor'),
            idempotencyKey: key === undefined ? key : key + suffix,
            ifMatch: textIn(options, 'ifMatch'),
            preview,
          });
          if (preview) await session.showPreview(name, answer);
          else await session.show(name, answer, (accepted) => acceptedText(name, accepted, session.io));
          if (hint !== null && answer.status >= 400) session.io.err(terminal(hint));
          if (session.exitCode !== exitCodes.done) failures.push(session.exitCode);
        }
        session.exitCode = failures[0] ?? exitCodes.done;
      });
    // The service says which field is missing.
    verb.on('option:stdin', () => {
      for (const flag of flags) flag.makeOptionMandatory(false);
    });
  }
}

/** A flag that was given several times: a command for each of its values, with a part of the idempotency key of its own. */
function eachOf(
  body: Readonly<Record<string, unknown>>,
): readonly { readonly body: Readonly<Record<string, unknown>>; readonly suffix: string }[] {
  const { agent } = body;
  if (!Array.isArray(agent)) return [{ body, suffix: '' }];
  return agent.map((one: unknown) => ({ body: { ...body, agent: one }, suffix: `:${String(one)}` }));
}

/** What a pipe brought. @throws CliError where that is no JSON object */
function piped(options: Options, { io }: Session): Readonly<Record<string, unknown>> {
  if (options['stdin'] !== true) return {};
  const refusal = new CliError(
    '--stdin takes one JSON object with the fields of the command.',
    exitCodes.usage,
  );
  try {
    const value: unknown = JSON.parse((io.input?.() ?? '').replace(/^\uFEFF/, ''));
    if (isMembers(value)) return value;
  } catch {
    throw refusal;
  }
  throw refusal;
}

/** Commander keeps an option under its flag in camelCase. */
const attributeOf = (field: Field): string =>
  flagOf(field).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

export const bodyOf = (fields: readonly Field[], options: Options): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    fields
      .map((field) => [field.name, options[attributeOf(field)]] as const)
      .filter(([, value]) => value !== undefined),
  );

const textIn = (options: Options, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};
