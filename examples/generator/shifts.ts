/** Agents of formal groups sign in as they come and out as they go, and again wherever an incident moves their groups. */
import type { Agent } from './people.js';
import { after, at } from './time.js';
import type { World } from './world.js';

/** Seconds after the shift begins. */
const settlingIn = [0, 480] as const;

export function planShifts(world: World): void {
  for (const agent of world.staff.agents) {
    const { begins, ends } = agent.shift;
    const arrives = after(at(begins), world.random.between(...settlingIn));
    world.agenda.plan(arrives, async () => await signIn(world, agent));
    world.agenda.plan(at(ends), async () => await signOut(world, agent));
  }
}

/** Agents who are on shift sign in, each at a time of their own, to the copies that one pool hosts for another. */
export function planSignIns(
  world: World,
  wave: { readonly from: number; readonly to: number; readonly parent: string; readonly homePool?: string },
): void {
  const seconds = (wave.to - wave.from) / 1_000;
  for (const agent of world.staff.agents) {
    if (wave.homePool !== undefined && agent.homePool !== wave.homePool) continue;
    world.agenda.plan(after(wave.from, world.random.between(0, seconds)), async () => {
      if (world.isOnShift(agent)) await signIn(world, agent, wave.parent);
    });
  }
}

async function signIn(world: World, agent: Agent, on?: string): Promise<void> {
  for (const { id, parent, displayed, signIn: open, signInApplies, signedIn } of world.consoleOf(agent)
    .objects) {
    const here = on === undefined || on === parent;
    if (!here || !displayed || !open || !signInApplies || signedIn === true) continue;
    await world.recorder.give(agent.sip, 'sign-in-agent', { agent: agent.sip, pool: parent, agentGroup: id });
  }
}

async function signOut(world: World, agent: Agent): Promise<void> {
  for (const { id, parent, signedIn } of world.consoleOf(agent).objects) {
    if (signedIn !== true) continue;
    await world.recorder.give(agent.sip, 'sign-out-agent', {
      agent: agent.sip,
      pool: parent,
      agentGroup: id,
    });
  }
}
