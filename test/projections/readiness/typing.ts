/** Types a printed line: a shell takes it apart, the real command line reads it, and what it would send is what comes out. */
import { Command } from 'commander';
import type { JsonObject } from '../../../events/envelope.js';
import { Client, type Answer } from '../../../src/cli/client.js';
import { registerCommands } from '../../../src/cli/commands/register.js';
import { registerExports } from '../../../src/cli/exports/register.js';
import { screenOf } from '../../../src/cli/io.js';
import { Session } from '../../../src/cli/session.js';
import type { CommandName } from '../../../src/domain/commands.js';

export interface Sent {
  readonly name: string;
  readonly body: JsonObject;
}

const url = 'http://127.0.0.1:9';

class Listener extends Client {
  readonly sent: Sent[] = [];

  override async command(name: CommandName, body: object): Promise<Answer> {
    this.sent.push({ name, body: body as JsonObject });
    return { status: 200, text: '{}', retryAfter: null };
  }

  /** Printed lines have ids: nothing is looked up by its name. */
  override async view(): Promise<Answer> {
    return { status: 404, text: '{}', retryAfter: null };
  }

  override async putZip(path: string): Promise<Answer> {
    this.sent.push({ name: 'add-export', body: { path } });
    return { status: 200, text: '{}', retryAfter: null };
  }
}

class ListeningSession extends Session {
  readonly listener = new Listener(url);
  override get client(): Client {
    return this.listener;
  }
  override async show(): Promise<void> {}
}

/** The words of a line for sh, which has single quotes only; what is piped in stands first. */
function wordsOf(line: string): { readonly words: readonly string[]; readonly input: string } {
  const parts = [...line.matchAll(/'((?:[^']|'\\'')*)'|([^\s']+)/g)].map(([, quoted, bare = '']) =>
    quoted === undefined ? bare : quoted.replaceAll(String.raw`'\''`, "'"),
  );
  const pipe = parts.indexOf('|');
  return pipe < 0
    ? { words: parts, input: '' }
    : { words: parts.slice(pipe + 1), input: parts[pipe - 1] ?? '' };
}

/** @throws Error where the command line does not understand it */
export async function typed(line: string): Promise<readonly Sent[]> {
  const { words, input } = wordsOf(line);
  const [program, ...argv] = words;
  if (program !== 'poolkeeper') throw new Error(`No line of Poolkeeper: ${line}`);
  const said: string[] = [];
  const io = screenOf({
    out: () => {},
    err: (text) => said.push(text),
    width: 80,
    interactive: false,
    colours: false,
    environment: {},
    input: () => input,
  });
  const session = new ListeningSession(io, () => ({ url, json: false }));
  const verbs = new Command('poolkeeper')
    .exitOverride()
    .configureOutput({ writeErr: (text) => said.push(text), writeOut: () => {} });
  registerCommands(verbs, session);
  registerExports(verbs, session);
  try {
    await verbs.parseAsync(argv, { from: 'user' });
  } catch (error) {
    throw new Error(`${line}: ${said.join(' ')}`, { cause: error });
  }
  return session.listener.sent;
}
