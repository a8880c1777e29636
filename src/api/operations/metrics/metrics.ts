import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Poolkeeper } from '../../../runtime/poolkeeper.js';
import { Failed, Repeated, type CommandResult } from '../../../runtime/result.js';
import type { Answered } from '../../http/install-hooks.js';
import { POOLKEEPER } from '../../services/tokens.js';
import { ConditionGauges } from './condition-gauges.js';
import { ReadinessGauges } from './readiness-gauges.js';
import { StateGauges } from './state-gauges.js';
import { StoreCounters } from './store-counters.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const COMMANDS = '/v1/commands/';

/** The counters of a service. Every label has few values; none identifies a person, and only readiness names a pool. */
@Injectable()
export class Metrics implements OnModuleDestroy {
  private readonly stopListening: () => void;
  private readonly registry = new Registry();
  private readonly state: StateGauges;
  private readonly readiness: ReadinessGauges;
  private readonly condition: ConditionGauges;
  private readonly store: StoreCounters;
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

  constructor(@Inject(POOLKEEPER) poolkeeper: Poolkeeper) {
    this.state = new StateGauges(poolkeeper, this.registry);
    this.stopListening = poolkeeper.timedStore.appends.subscribe(({ outcome, milliseconds }) =>
      this.appends.observe({ outcome }, milliseconds / 1_000),
    );
    this.condition = new ConditionGauges(poolkeeper, this.registry);
    this.readiness = new ReadinessGauges(poolkeeper, this.registry);
    this.store = new StoreCounters(poolkeeper.store, this.registry, SECONDS);
  }

  answered({ method, route = 'none', status, milliseconds, isPreview }: Answered): void {
    this.requests.observe({ method, route, status }, milliseconds / 1_000);
    // A host application may serve the routes below a prefix.
    const [, command] = route.split(COMMANDS);
    // Names that are no command share a route with the name as its parameter; a preview gives no command.
    if (command === undefined || command.startsWith(':') || isPreview) return;
    this.commands.inc({ command, status });
    this.commandTimes.observe({ command }, milliseconds / 1_000);
  }

  /** Counts refusals by their rule; a repeat of a refused command is one as well. */
  decided(result: CommandResult<object>): void {
    const rule = ruleOf(result);
    if (rule !== null) this.refusals.inc({ rule });
  }

  /** Another application over the same services goes on. */
  onModuleDestroy(): void {
    this.stopListening();
    this.store.close();
  }

  /** In the text format of Prometheus. */
  async text(): Promise<string> {
    await this.state.refresh();
    this.readiness.refresh();
    this.condition.refresh();
    return (await this.registry.metrics()) + (await processRegistry().metrics());
  }
}

let ofTheProcess: Registry | null = null;

/** One for the whole process, however many services it holds: its observers are never released. */
function processRegistry(): Registry {
  if (ofTheProcess === null) {
    ofTheProcess = new Registry();
    collectDefaultMetrics({ register: ofTheProcess });
  }
  return ofTheProcess;
}

function ruleOf(result: CommandResult<object>): string | null {
  if (result instanceof Failed) return result.failure.kind === 'refused' ? result.failure.rule : null;
  if (!(result instanceof Repeated) || result.wasAccepted) return null;
  const { rule } = result.answer.answer;
  return typeof rule === 'string' ? rule : null;
}
