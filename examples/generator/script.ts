import type { CommandName } from '../../src/domain/commands.js';
import type { Given, Recorder } from './recorder.js';
import type { World } from './world.js';

/** Plans single commands of the story. */
export type WriteLine = <Name extends CommandName>(
  time: number,
  actor: string,
  name: Name,
  body: Parameters<typeof Recorder.prototype.give<Name>>[2],
  given?: Given,
) => void;

export const lineWriter =
  (world: World): WriteLine =>
  (time, actor, name, body, given) =>
    world.agenda.plan(time, async () => {
      await world.recorder.give(actor, name, body, given);
    });

export const mustBeRefused: Given = { outcome: 'refused' };
