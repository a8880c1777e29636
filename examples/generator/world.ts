/** The present state of the simulated deployment, read from the Poolkeeper that records the example. */
import type { CallState } from '../../facts/call.js';
import { agentConsoleView, type AgentConsoleView } from '../../projections/agent-console/view.js';
import { callStateOf } from '../../projections/call-status/calls.js';
import { Agenda } from './agenda.js';
import { agentGroupOf, type Department } from './departments.js';
import { hire, type Agent, type Staff } from './people.js';
import { Random } from './random.js';
import { Recorder } from './recorder.js';
import { at } from './time.js';

/** The agents that answer for a department, and the agent group through which they do. */
export interface Desk {
  readonly group: string;
  readonly members: readonly Agent[];
}

export class World {
  readonly agenda = new Agenda();
  readonly recorder = new Recorder(this.agenda);
  readonly random: Random;
  readonly staff: Staff;
  private readonly borrowed = new Map<string, Desk>();
  private readonly busyUntil = new Map<string, number>();

  constructor(seed: number) {
    this.random = new Random(seed);
    this.staff = hire(this.random);
  }

  deskOf(department: Department): Desk {
    return (
      this.borrowed.get(department.id) ?? {
        group: agentGroupOf(department),
        members: this.staff.membersOf.get(department.id) ?? [],
      }
    );
  }

  /** Agents of other departments answer for a department that has none. */
  lend(department: Department, desk: Desk): void {
    this.borrowed.set(department.id, desk);
  }

  consoleOf({ sip }: Agent): AgentConsoleView {
    const view = agentConsoleView(this.recorder.poolkeeper.runner.state.console.state, sip);
    if (view === null) throw new Error(`${sip} is not registered yet.`);
    return view;
  }

  /** How a call stands that its caller has not ended; null where it was cut off. */
  callState(callId: string): CallState | null {
    const [pair] = this.pairs;
    const state = pair === undefined ? null : callStateOf(pair.callStatus.state, callId);
    return state?.status === 'disconnected' ? null : state;
  }

  isOnShift({ shift }: Agent): boolean {
    return at(shift.begins) <= this.agenda.now && this.agenda.now < at(shift.ends);
  }

  /** Somebody of the department who is at work. */
  onShift(department: string): Agent {
    const agent = this.staff.membersOf.get(department)?.find((member) => this.isOnShift(member));
    if (agent === undefined) throw new Error(`Nobody of ${department} is at work.`);
    return agent;
  }

  isFree({ sip }: Agent): boolean {
    return (this.busyUntil.get(sip) ?? 0) <= this.agenda.now;
  }

  keepBusy({ sip }: Agent, until: number): void {
    this.busyUntil.set(sip, until);
  }

  private get pairs() {
    return [...this.recorder.poolkeeper.runner.state.pairs.values()];
  }
}
