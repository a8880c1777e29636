/** Follows a runbook word for word: every command that it names as the next is given as it stands there. */
import type { JsonObject } from '../../../events/envelope.js';
import { commandNames } from '../../../src/domain/command-summaries.js';
import type { Command } from '../../../src/domain/commands.js';
import { readinessView, type ReadinessView } from '../../../projections/readiness/view.js';
import type { RunbookStep, RunbookView } from '../../../projections/runbook/view.js';
import { runbookView } from '../../../projections/runbook/view.js';
import { firstMoment } from '../../support/recorded.js';
import { poolA } from '../../support/story.js';
import type { World } from '../../support/world.js';

const settingsAt = ({ position }: World) => ({
  now: new Date(firstMoment + Number(position) * 1_000).toISOString(),
  exportAgeTargetHours: 24,
});

export const runbookOf = (world: World, fqdn = poolA): RunbookView => {
  const view = runbookView(world.pair, fqdn, world.agents, settingsAt(world));
  if (view === null) throw new Error('There is no such pool.');
  return view;
};

export const readinessOf = (world: World, fqdn = poolA): ReadinessView => {
  const view = readinessView(world.pair, fqdn, world.agents, settingsAt(world));
  if (view === null) throw new Error('There is no such pool.');
  return view;
};

export const asCommand = (name: string, body: JsonObject): Command => {
  if (!commandNames.some((known) => known === name)) throw new Error(`${name} is not a command.`);
  return { name, body } as object as Command;
};

/** Gives a command as it is; false where it is refused or changes nothing. */
export function give(world: World, command: Command): boolean {
  const decision = world.decide(command);
  if (decision.outcome === 'accepted') world.happened(decision.events);
  return decision.outcome === 'accepted' && decision.events.length > 0;
}

/** The steps taken until nothing has to be done any more. @throws Error where a step is refused or leads nowhere */
export function follow(world: World, fqdn = poolA): readonly RunbookStep[] {
  const taken: RunbookStep[] = [];
  for (;;) {
    const { next, steps, stage } = runbookOf(world, fqdn);
    const step = steps.find(({ id }) => id === next);
    if (step === undefined) return taken;
    take(world, step);
    taken.push(step);
    if (taken.length > 60) {
      throw new Error(
        `It goes round in circles in stage ${stage}: ${taken
          .slice(-4)
          .map(({ id }) => id)
          .join(', ')}.`,
      );
    }
  }
}

/** What only the person knows, as a person would fill it in: the first of the choices. */
function filled(world: World, body: JsonObject): JsonObject {
  const exportId = [...(world.pair?.exports.keys() ?? [])].at(-1) ?? '';
  const value = (name: string, text: string): string =>
    name === 'exportId' ? exportId : (text.slice(1, -1).split('|')[0] ?? '');
  return Object.fromEntries(
    Object.entries(body).map(([name, given]) => [
      name,
      typeof given === 'string' && given.startsWith('<') ? value(name, given) : given,
    ]),
  );
}

export function take(world: World, step: RunbookStep): void {
  if (step.record === null) throw new Error(`${step.id} cannot be recorded.`);
  const { command, body } = step.record;
  const given = filled(world, body);
  const decision = world.decide(asCommand(command, given));
  if (decision.outcome !== 'accepted' || decision.events.length === 0) {
    throw new Error(`${step.id}: ${command} ${JSON.stringify(given)} led to ${JSON.stringify(decision)}`);
  }
  world.happened(decision.events);
}
