/** Callers, and what becomes of their calls: they wait, are answered, give up, are cut off and call again. */
import { callCollector } from './actors.js';
import { arrivals } from './arrivals.js';
import { berlin, type Department } from './departments.js';
import type { Agent } from './people.js';
import { after, day } from './time.js';
import type { World } from './world.js';

interface Call {
  readonly id: string;
  readonly department: Department;
  /** When the caller gives up. */
  readonly patientUntil: number;
  /** How often this caller has called. */
  readonly attempt: number;
}

/** Seconds. */
const welcome = [8, 35] as const;
const ringing = [4, 14] as const;
const patience = 170;
const wrapUp = [10, 40] as const;
const beforeCallingAgain = [20, 90] as const;

const callsAgain = 0.45;
const attempts = 3;

export class Switchboard {
  private calls = 0;

  constructor(private readonly world: World) {}

  planDay(): void {
    for (const { time, department } of arrivals(this.world.random)) this.planCall(time, department);
  }

  planCall(time: number, department: Department, attempt = 1): void {
    this.world.agenda.plan(time, async () => await this.arrive(department, attempt));
  }

  private async arrive(department: Department, attempt: number): Promise<void> {
    const { agenda, random, recorder } = this.world;
    this.calls += 1;
    const site = department.pool === berlin ? 'b' : 'h';
    const id = `${site}-${day.replaceAll('-', '')}-${String(this.calls).padStart(5, '0')}`;
    const call = { id, department, attempt, patientUntil: after(agenda.now, random.duration(patience)) };
    await recorder.give(callCollector, 'report-call-arrived', {
      callId: id,
      pool: department.pool,
      responseGroup: department.id,
    });
    this.planNext(call, random.between(...welcome) + random.between(...ringing));
  }

  private planNext(call: Call, seconds: number): void {
    const { agenda } = this.world;
    agenda.plan(after(agenda.now, seconds), async () => await this.goOn(call));
  }

  /** The call is answered if it still waits and somebody can answer it. */
  private async goOn(call: Call): Promise<void> {
    const { agenda, random, recorder } = this.world;
    const state = this.world.callState(call.id);
    if (state === null) {
      this.maybeCallAgain(call);
      return;
    }
    if (agenda.now >= call.patientUntil) {
      await recorder.give(callCollector, 'report-call-ended', { callId: call.id });
      return;
    }
    const agent = this.whoAnswers(call.department, state.servedBy);
    if (agent === undefined) {
      this.planNext(call, random.between(...ringing));
      return;
    }
    await recorder.give(callCollector, 'report-call-connected', { callId: call.id, agent: agent.sip });
    const seconds = random.duration(call.department.talk);
    this.world.keepBusy(agent, after(agenda.now, seconds + random.between(...wrapUp)));
    agenda.plan(after(agenda.now, seconds), async () => await this.hangUp(call));
  }

  private async hangUp(call: Call): Promise<void> {
    if (this.world.callState(call.id) === null) {
      this.maybeCallAgain(call);
      return;
    }
    await this.world.recorder.give(callCollector, 'report-call-ended', { callId: call.id });
  }

  private maybeCallAgain({ department, attempt }: Call): void {
    const { agenda, random } = this.world;
    if (attempt >= attempts || !random.chance(callsAgain)) return;
    this.planCall(after(agenda.now, random.between(...beforeCallingAgain)), department, attempt + 1);
  }

  /** Somebody on shift, not in a conversation, within reach, and signed in where the group is formal. */
  private whoAnswers(department: Department, servedBy: string | null): Agent | undefined {
    const { group, members } = this.world.deskOf(department);
    return this.world.random.shuffled(members).find((agent) => {
      if (!this.world.isOnShift(agent) || !this.world.isFree(agent)) return false;
      const console = this.world.consoleOf(agent);
      const copy = console.objects.find(({ id, parent }) => id === group && parent === servedBy);
      return console.reachable?.reachability === 'reachable' && copy !== undefined && copy.signedIn !== false;
    });
  }
}
