import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Option, type Command } from 'commander';
import { exitCodes, CliError } from '../exit-codes.js';
import type { Session } from '../session.js';
import { printedTime } from '../times/printed.js';
import { momentHelp, readMoment, readTime, timeHelp } from '../times/flags.js';
import { addedText } from './added.js';
import { comparisonText } from './compare.js';
import { terminal } from '../../../text/terminal.js';
import { exportNamed } from '../names.js';
import { exportText } from './show.js';

const help = `
The zip is one that Export-CsRgsConfiguration wrote. What it holds becomes what is on record of the pool: what was created,
changed and removed since is shown. The same file again changes nothing. When it was written is taken from the dates in the zip,
else from its file time. A file that would set back what is on record as of later is refused: with --occurred-at, which says when it
was written, it is kept and can be imported, and what is newer stays; with --now it counts as what the pool has now.`;

interface AddOptions {
  readonly pool: string;
  readonly fileName?: string;
  readonly owner?: string;
  readonly emptied?: true;
  readonly occurredAt?: string;
  readonly now?: true;
  readonly actor?: string;
  readonly idempotencyKey?: string;
  readonly ifMatch?: string;
  readonly preview: boolean;
}

/** Adds the verbs for files of exports; `exports`, which lists them, is a view like others. */
export function registerExports(program: Command, session: Session): void {
  const group = program.command('export').description('files of exports: add one, show one, compare two');
  registerCompare(group, session);
  group
    .command('add')
    .description('read the zip of an export and put on record what it holds')
    .argument('<zip>', 'the file')
    .requiredOption('--pool <fqdn>', 'the pool that was exported')
    .option('--owner <fqdn>', 'what -Owner restricted the export to')
    .option('--emptied', 'the pool owns nothing any more: what is on record of its own goes')
    .option(
      '--file-name <name>',
      'its name on record, where that is another, or its path on the server that wrote it',
    )
    .option('--occurred-at <time>', `when it was written: ${timeHelp}`, readTime)
    .addOption(
      new Option('--now', 'it counts as what the pool has now, whenever it was written').conflicts(
        'occurredAt',
      ),
    )
    .option('--preview', 'say what adding it would change; the file is read and not kept', false)
    .option('--actor <name>', 'who adds it; the user of the service where absent')
    .option('--idempotency-key <key>', 'a repeat with the same key gets the first answer')
    .option('--if-match <revision>', 'only if the stream of the pair stands at this revision, or *')
    .addHelpText('after', help)
    .action(async (path: string, options: AddOptions) => await add(path, options, session));
  group
    .command('show')
    .description('show one export: what it holds, what was found in it and what it changed')
    .argument('<export>', 'its id, or the name of its file')
    .requiredOption('--pool <fqdn>', 'the pool that was exported')
    .option('--as-of <moment>', `what was known at a moment of the past: ${momentHelp}`, readMoment)
    .option('--at <moment>', `what was true at a moment of the past: ${momentHelp}`, readMoment)
    .action(async (id: string, { pool, ...query }: { readonly pool: string }) => {
      const pathOf = (one: string): string =>
        `/v1/pools/${encodeURIComponent(pool)}/exports/${encodeURIComponent(one)}`;
      const byId = await session.client.view(pathOf(id), query);
      const named = byId.status === 404 ? await exportNamed(session.client, pool, id) : null;
      const found = named?.id ?? null;
      const answer = found === null ? byId : await session.client.view(pathOf(found), query);
      await session.show('export', answer, (body) => exportText(body, session.io));
      if (answer.status >= 400 && named?.hint != null) session.io.err(terminal(named.hint));
    });
}

function registerCompare(group: Command, session: Session): void {
  group
    .command('compare')
    .description('tell what differs between two exports, or one and what is hosted')
    .requiredOption('--pool <fqdn>', 'the pool')
    .option('--from <file>', 'the id or the name of an export, latest, record or partner', 'latest')
    .option('--to <file>', 'the same', 'record')
    .option('--as-of <moment>', `what was known at a moment of the past: ${momentHelp}`, readMoment)
    .option('--at <moment>', `what was true at a moment of the past: ${momentHelp}`, readMoment)
    .action(async ({ pool, ...query }: { readonly pool: string }) => {
      const path = `/v1/pools/${encodeURIComponent(pool)}/exports/compare`;
      const answer = await session.client.view(path, query);
      await session.show('compare-exports', answer, (body) => comparisonText(body, session.io));
    });
}

async function add(path: string, options: AddOptions, session: Session): Promise<void> {
  const {
    pool,
    owner,
    emptied,
    occurredAt,
    now,
    fileName = basename(path),
    actor,
    idempotencyKey,
    ifMatch,
    preview,
  } = options;
  const { zip, fileTime } = fileAt(path);
  const answer = await session.client.putZip(
    `/v1/pools/${encodeURIComponent(pool)}/exports/${encodeURIComponent(fileName)}`,
    zip,
    {
      ...(owner === undefined ? {} : { owner }),
      ...(emptied === undefined ? {} : { emptied: 'true' }),
      ...(now === undefined ? {} : { now: 'true' }),
      ...(occurredAt === undefined ? { fileTime } : { occurredAt }),
    },
    { actor, idempotencyKey, ifMatch, preview },
  );
  if (preview) await session.showPreview('export add', answer);
  else await session.show('add-export', answer, (body) => addedText(body, session.io));
}

/** With its file time, by the clocks here. */
function fileAt(path: string): { readonly zip: Uint8Array<ArrayBuffer>; readonly fileTime: string } {
  try {
    const { mtime } = statSync(path);
    return {
      zip: new Uint8Array(readFileSync(path)),
      fileTime: printedTime(mtime.toISOString()).replace(' ', 'T'),
    };
  } catch (error) {
    throw new CliError(
      `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      exitCodes.usage,
    );
  }
}
