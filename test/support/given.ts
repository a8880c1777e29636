/** Given these events, when this command is given, then these events follow, or this refusal. */
import { expect } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { Command, CommandBodies, CommandOf, FileCommands } from '../../src/domain/commands.js';
import type { Decision } from '../../src/domain/decision.js';
import type { StatementId } from '../../policy/statements.js';
import { World } from './world.js';

type Bodies = CommandBodies & FileCommands;
type Happened = PoolkeeperEvent | readonly PoolkeeperEvent[];

const flat = (events: readonly Happened[]): PoolkeeperEvent[] =>
  events.flatMap((event) => ('type' in event ? [event] : [...event]));

export const given = (...events: readonly Happened[]): Story => new Story(new World().happened(flat(events)));

export class Story {
  constructor(readonly world: World) {}

  and(...events: readonly Happened[]): this {
    this.world.happened(flat(events));
    return this;
  }

  /** A stage cut this call off: in production the views derive it, here the test states it. */
  andCutOff(callId: string, ...because: readonly StatementId[]): this {
    this.world.callStates.set(callId, { status: 'disconnected', because });
    return this;
  }

  when<Name extends keyof Bodies>(name: Name, body: Bodies[Name], newId?: string): Outcome {
    const command = { name, body } as CommandOf<Bodies, Name> as Command;
    return new Outcome(this, command, this.world.decide(command, newId));
  }
}

export class Outcome {
  constructor(
    readonly story: Story,
    readonly command: Command,
    readonly decision: Decision,
  ) {}

  /** Exactly these events. */
  then(...events: readonly PoolkeeperEvent[]): this {
    expect(this.decision).toMatchObject({ outcome: 'accepted' });
    expect(this.decision).toHaveProperty('events', events);
    return this;
  }

  thenAccepted(...types: readonly PoolkeeperEvent['type'][]): this {
    expect(this.decision).toMatchObject({ outcome: 'accepted', events: types.map((type) => ({ type })) });
    return this;
  }

  /** It repeats what already holds. */
  thenHolds(subject?: string, { warnings = [] }: { readonly warnings?: readonly string[] } = {}): this {
    const expected = warnings.map((code) => ({ code }));
    expect(this.decision).toMatchObject({ outcome: 'accepted', events: [], warnings: expected });
    if (subject !== undefined) expect(this.decision).toMatchObject({ subject });
    return this;
  }

  thenRefused(refusal: {
    readonly rule: string;
    readonly because?: readonly string[];
    readonly allowed?: readonly string[];
    readonly detail?: RegExp;
  }): this {
    const { detail = /./, ...rest } = refusal;
    const detailed: unknown = expect.stringMatching(detail);
    expect(this.decision).toMatchObject({ outcome: 'refused', ...rest, detail: detailed });
    return this;
  }

  thenInvalid(...pointers: readonly string[]): this {
    expect(this.decision).toMatchObject({
      outcome: 'invalid',
      errors: pointers.map((pointer) => ({ pointer })),
    });
    return this;
  }

  thenUnknown(pointer: string): this {
    expect(this.decision).toMatchObject({ outcome: 'unknown', errors: [{ pointer }] });
    return this;
  }

  because(...reasons: readonly string[]): this {
    expect(this.decision).toMatchObject({ because: reasons });
    return this;
  }

  warning(...codes: readonly string[]): this {
    expect(this.decision).toMatchObject({ warnings: codes.map((code) => ({ code })) });
    return this;
  }

  /** Adds the decided events to the story. */
  next(): Story {
    if (this.decision.outcome === 'accepted') this.story.world.happened(this.decision.events);
    return this.story;
  }

  /** Adds the decided events to the story, and gives the same command again. */
  again(): Outcome {
    const story = this.next();
    const { subject } = this.decision.outcome === 'accepted' ? this.decision : { subject: null };
    return new Outcome(story, this.command, story.world.decide(this.command, subject ?? undefined));
  }
}
