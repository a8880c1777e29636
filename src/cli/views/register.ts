import type { Command } from 'commander';
import type { Answer } from '../client.js';
import type { Session } from '../session.js';
import { extendVerify } from '../seals/verify.js';
import { flagOf } from '../commands/fields.js';
import { explain } from './explain.js';
import { viewVerbs, type ViewVerb } from './table.js';
import { verifyService } from './verify-service.js';

/** Adds a verb for every view, and `explain`. */
export function registerViews(program: Command, session: Session): void {
  for (const view of viewVerbs) {
    const verb = program.command(view.name).description(view.summary);
    if (view.argument !== undefined) verb.argument(`<${view.argument.name}>`, view.argument.description);
    for (const filter of view.filters) verb.option(`--${flagOf(filter)} <value>`, filter.description);
    const { shorthand } = view;
    if (shorthand !== undefined) verb.option(`--${shorthand.flag}`, shorthand.description);
    if (view.name === 'verify') {
      extendVerify(verb, session, async () => {
        await view.show(await verifyService(session.client, view.path(''), session.io), session, {});
      });
    } else {
      verb.action(async () => {
        await show(view, verb.args[0] ?? '', queryOf(view, verb.opts()), session);
      });
    }
  }
  program
    .command('explain')
    .description('print a statement that an answer names under `because`')
    .argument('<statement>', 'its id, such as failed-over/connected-calls/2')
    .action(async (id: string) => explain(id, session));
}

function queryOf(
  { shorthand }: ViewVerb,
  options: Readonly<Record<string, string | boolean>>,
): Readonly<Record<string, string>> {
  const given = Object.entries(options).filter((option): option is [string, string] => option[1] !== true);
  const short = shorthand !== undefined && options[shorthand.flag] === true;
  return { ...Object.fromEntries(given), ...(short ? { [shorthand.filter]: shorthand.value } : {}) };
}

async function show(
  view: ViewVerb,
  argument: string,
  query: Readonly<Record<string, string>>,
  session: Session,
): Promise<void> {
  if (view.isStream?.(query) === true) {
    await print(await session.client.lines(view.path(argument), query), session);
    return;
  }
  await view.show(await session.client.view(view.path(argument), query), session, query);
}

/** Line by line, word for word. */
async function print(lines: Answer | AsyncIterable<string>, session: Session): Promise<void> {
  if ('status' in lines) {
    session.showText(lines, lines.text);
    return;
  }
  let before: string | null = null;
  for await (const line of lines) {
    if (before !== null) session.io.data(before);
    before = line;
  }
  // Nothing follows the last line break.
  if (before !== null && before !== '') session.io.data(before);
}
