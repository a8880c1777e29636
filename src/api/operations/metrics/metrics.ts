import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { Poolkeeper } from '../../../runtime/poolkeeper.js';
import type { Reply } from '../../../runtime/reply.js';
import { ReadinessGauges } from './readiness-gauges.js';
import { StateGauges } from './state-gauges.js';

/** A request that was answered. */
export interface Answered {
  readonly method: string;
  /** The pattern of its route, never its path; undefined where there is no such route. */
  readonly route: string | undefined;
  readonly status: number;
  readonly milliseconds: number;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const COMMANDS = '/v1/commands/';

/** What is counted of a service. Every label has few values, whatever is asked of it; none tells who, and what only where readiness names a pool. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly state: StateGauges;
  private readonly readiness: ReadinessGauges;
  private readonly requests = new Histogram({
    name: 'poolkeeper_http_request_duration_seconds',
    help: 'Time to answer a request, by the pattern of its route',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly commands = new Counter({
    name: 'poolkeeper_commands_total',
    help: 'Commands answered, by name and HTTP status',
    labelNames: ['command', 'status'],
    registers: [this.registry],
  });
  private readonly commandTimes = new Histogram({
    name: 'poolkeeper_command_duration_seconds',
    help: 'Time to answer a command, by name',
    labelNames: ['command'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly appends = new Histogram({
    name: 'poolkeeper_append_duration_seconds',
    help: 'Time that the store takes for an append of a command, by how it ended',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: 'poolkeeper_refusals_total',
    help: 'Commands answered with the refusal of a rule',
    labelNames: ['rule'],
    registers: [this.registry],
  });

  constructor(poolkeeper: Poolkeeper) {
    this.state = new StateGauges(poolkeeper, this.registry);
    poolkeeper.appends.subscribe(({ outcome, milliseconds }) =>
      this.appends.observe({ outcome }, milliseconds / 1_000),
    );
    this.readiness = new ReadinessGauges(poolkeeper, this.registry);
  }

  answered({ method, route = 'none', status, milliseconds }: Answered): void {
    this.requests.observe({ method, route, status }, milliseconds / 1_000);
    if (!route.startsWith(COMMANDS)) return;
    const command = route.slice(COMMANDS.length);
    // The route of those that do not exist has their name as a parameter.
    if (command.startsWith(':')) return;
    this.commands.inc({ command, status });
    this.commandTimes.observe({ command }, milliseconds / 1_000);
  }

  replied({ status, body }: Reply): void {
    const { rule } = body;
    if (status === 409 && typeof rule === 'string') this.refusals.inc({ rule });
  }

  /** In the text format of Prometheus. */
  async text(): Promise<string> {
    await this.state.refresh();
    this.readiness.refresh();
    return (await this.registry.metrics()) + (await processRegistry().metrics());
  }
}

let ofTheProcess: Registry | null = null;

/** A process has one, however many services it holds: its observers are not given back. */
function processRegistry(): Registry {
  if (ofTheProcess === null) {
    ofTheProcess = new Registry();
    collectDefaultMetrics({ register: ofTheProcess });
  }
  return ofTheProcess;
}
