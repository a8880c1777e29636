/** Agents who call customers back and show the number of their response group instead of their own. */
import { departments } from './departments.js';
import { after, at } from './time.js';
import type { World } from './world.js';

const calls = 70;
const callingDepartments = [
  'key-accounts',
  'payment-reminders',
  'order-intake',
  'customer-care',
  'insurance-claims',
];

/** How each comes out is for the rules to say: agents do not know the stage of their pool. */
export function planCallsOnBehalf(world: World): void {
  const callers = departments.filter(({ id }) => callingDepartments.includes(id));
  for (let number = 1; number <= calls; number += 1) {
    const time = after(at('08:15'), world.random.between(0, 9 * 3_600));
    world.agenda.plan(time, async () => await place(world, number, callers));
  }
}

async function place(world: World, number: number, callers: typeof departments): Promise<void> {
  const { agenda, random, recorder } = world;
  const { id, pool, talk } = random.pick(callers);
  const members = world.staff.membersOf.get(id) ?? [];
  const agent = random.shuffled(members).find((member) => world.isOnShift(member) && world.isFree(member));
  if (agent === undefined) return;
  const label = `call-back-${number}`;
  const callee = `tel:+4917${random.between(10_000_000, 99_999_999)}`;
  const body = { agent: agent.sip, pool, responseGroup: id, callee };
  const placed = await recorder.give(agent.sip, 'place-call-on-behalf', body, { outcome: 'either', label });
  if (!placed) return;
  const ends = after(agenda.now, random.duration(talk));
  world.keepBusy(agent, ends);
  agenda.plan(ends, async () => {
    await recorder.give(agent.sip, 'report-call-ended', { callId: { $from: label } });
  });
}
