import type { Command, CommandBodies, CommandName } from '../../src/domain/commands.js';
import { resolved } from '../../src/cli/play/placeholders.js';
import { uuidOf } from '../../src/runtime/identifiers.js';
import { createPoolkeeper, type Poolkeeper } from '../../src/runtime/poolkeeper.js';
import { openMemoryStore } from '../../src/store/memory.js';
import type { Agenda } from './agenda.js';
import { written } from './time.js';
import { answerFormat } from '../../src/api/http/to-reply.js';
import { Failed, Ok } from '../../src/runtime/result.js';

type OrFrom<Body> = { readonly [Field in keyof Body]: Body[Field] | { readonly $from: string } };

/** How a command must come out where the story needs it; `either` where the rules may decide. */
type Outcome = 'accepted' | 'refused' | 'either';

export interface Given {
  readonly outcome?: Outcome;
  readonly label?: string;
}

/** Gives commands to a Poolkeeper in memory, and writes down each with how it came out: the lines of the example. */
export class Recorder {
  readonly lines: string[] = [];
  readonly poolkeeper: Poolkeeper;
  private readonly answers = new Map<string, Readonly<Record<string, unknown>>>();
  private ids = 0;

  constructor(private readonly agenda: Agenda) {
    const clock = (): Date => new Date(agenda.now);
    this.poolkeeper = createPoolkeeper({
      store: openMemoryStore({ clock }),
      clock,
      newId: () => this.newId(),
      answerFormat,
    });
  }

  /** Whether it was accepted. @throws where it came out other than the story needs, or makes no sense at all */
  async give<Name extends CommandName>(
    actor: string,
    name: Name,
    body: OrFrom<CommandBodies[Name]>,
    { outcome = 'accepted', label }: Given = {},
  ): Promise<boolean> {
    const command = { name, body: resolved({ ...body }, this.answers) } as {
      name: CommandName;
      body: object;
    } as Command;
    const occurredAt = new Date(this.agenda.now).toISOString();
    const result = await this.poolkeeper.commands.submit(command, {
      actor,
      occurredAt,
      correlationId: 'example',
      ifMatch: null,
      idempotencyKey: null,
    });
    const accepted = result instanceof Ok;
    const isRefused = result instanceof Failed && result.failure.kind === 'refused';
    const asNeeded = outcome === 'either' || accepted === (outcome === 'accepted');
    if (!asNeeded || (!accepted && !isRefused)) {
      throw new Error(
        `${written(this.agenda.now)} ${name} was to be ${outcome}, but is: ${JSON.stringify(result)}`,
      );
    }
    if (label !== undefined && accepted) this.answers.set(label, { ...result.value });
    this.lines.push(
      JSON.stringify({
        at: written(this.agenda.now),
        actor,
        command: name,
        body,
        ...(accepted ? {} : { expect: 'refused' }),
        ...(label === undefined || !accepted ? {} : { label }),
      }),
    );
    return accepted;
  }

  private newId(): string {
    this.ids += 1;
    return uuidOf(`example ${this.ids}`);
  }
}
