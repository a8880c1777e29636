import { Option, type Command } from 'commander';
import type { Answer, Query } from '../client.js';
import type { Session } from '../session.js';
import { extendVerify } from '../seals/verify.js';
import { flagOf } from '../commands/fields.js';
import { explain } from './explain.js';
import type { Filter } from './filters.js';
import { registerCompareReadings } from './readings-compare.js';
import { allPages } from './paging.js';
import { viewVerbs } from './table.js';
import type { ViewVerb } from './verb.js';
import { verifyService } from './verify-service.js';

/** Adds a verb for every view, and `explain`. */
export function registerViews(program: Command, session: Session): void {
  for (const view of viewVerbs) {
    const verb = program.command(view.name).description(view.summary);
    if (view.argument !== undefined) verb.argument(`<${view.argument.name}>`, view.argument.description);
    if (view.object !== undefined) verb.argument(`<${view.object.name}>`, view.object.description);
    for (const filter of view.filters) verb.addOption(optionOf(filter));
    for (const { flag, description } of view.shorthands ?? []) verb.option(`--${flag}`, description);
    if (view.pagesOf !== undefined) verb.option('--all', 'one page after the other, up to 10,000 entries');
    if (view.name === 'verify') {
      extendVerify(verb, session, async () => {
        await view.show(await verifyService(session.client, view.path(''), session.io), session, {});
      });
    } else {
      verb.action(async () => {
        const [argument = '', object] = verb.args;
        const more: Query = {
          ...(view.argumentIs === undefined ? {} : { [view.argumentIs]: argument }),
          ...(view.object === undefined ? {} : { [view.object.name]: object ?? '' }),
        };
        await show(
          view,
          argument,
          { ...queryOf(view, verb.opts()), ...more },
          isForAll(verb.opts()),
          session,
        );
      });
    }
  }
  const readings = program.commands.find((verb) => verb.name() === 'readings');
  if (readings !== undefined) registerCompareReadings(readings, session);
  program
    .command('explain')
    .description('print what an answer names under `because`: a statement, an inference or a rule')
    .argument('<statement>', 'its id, such as failed-over/connected-calls/2 or name-clash')
    .action(async (id: string) => explain(id, session));
}

export function optionOf(filter: Filter): Option {
  if (filter.isSwitch === true) return new Option(`--${flagOf(filter)}`, filter.description);
  const option = new Option(`--${flagOf(filter)} <value>`, filter.description);
  const { read } = filter;
  if (read !== undefined) return option.argParser((value: string) => read(value));
  if (filter.isList !== true) return option;
  return option.argParser((value: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    value,
  ]);
}

type Options = Readonly<Record<string, string | readonly string[] | boolean>>;

/** Commander keeps a flag in camelCase. */
const attributeOf = (flag: string): string =>
  flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function queryOf({ filters, shorthands = [] }: ViewVerb, options: Options): Query {
  const given = Object.entries(options).filter(
    (option): option is [string, string | readonly string[]] => typeof option[1] !== 'boolean',
  );
  const set = [
    ...filters.filter(({ name }) => options[name] === true).map(({ name }) => [name, 'true'] as const),
    ...shorthands
      .filter(({ flag }) => options[attributeOf(flag)] === true)
      .map(({ filter, value }) => [filter, value] as const),
  ];
  return { ...Object.fromEntries(given), ...Object.fromEntries(set) };
}

const isForAll = (options: Options): boolean => options['all'] === true;

async function show(
  view: ViewVerb,
  argument: string,
  query: Query,
  all: boolean,
  session: Session,
): Promise<void> {
  const path = view.path(argument);
  if (view.isStream?.(query) === true) {
    await print(await session.client.lines(path, query), session);
    return;
  }
  const answer =
    view.pagesOf !== undefined && all
      ? await allPages(path, query, view.pagesOf, session)
      : await session.client.view(path, query);
  await view.show(answer, session, query);
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
