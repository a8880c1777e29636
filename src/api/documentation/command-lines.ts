/** The lines of commands: all can answer alike, but for what they answer where they are accepted. */
import { commandNames } from '../../domain/command-summaries.js';
import type { CommandName } from '../../domain/commands.js';
import { line, type OperationLine } from './line.js';
import { orPreview } from './previews.js';
import { ofCommand } from './problem-sets.js';
import type { Tag } from './tags.js';

const tagOf: Readonly<Record<CommandName, Tag>> = {
  'register-pair': 'Commands: pairs and readings',
  'unregister-pair': 'Commands: pairs and readings',
  'set-replication': 'Commands: export and import',
  'report-replication': 'Commands: export and import',
  'set-version': 'Commands: pairs and readings',
  unpair: 'Commands: pairs and readings',
  'retire-pool': 'Commands: pairs and readings',
  'choose-reading': 'Commands: pairs and readings',
  'create-object': 'Commands: configuration objects',
  'modify-object': 'Commands: configuration objects',
  'remove-object': 'Commands: configuration objects',
  'record-export': 'Commands: export and import',
  'import-response-groups': 'Commands: export and import',
  'declare-outage': 'Commands: outage, failover and failback',
  'declare-site-outage': 'Commands: outage, failover and failback',
  'report-back-end-database': 'Commands: outage, failover and failback',
  'report-service': 'Commands: outage, failover and failback',
  'report-service-stopped': 'Commands: outage, failover and failback',
  'end-outage': 'Commands: outage, failover and failback',
  'close-incident': 'Commands: outage, failover and failback',
  'initiate-failover': 'Commands: outage, failover and failback',
  'complete-failover': 'Commands: outage, failover and failback',
  'fail-failover': 'Commands: outage, failover and failback',
  failback: 'Commands: outage, failover and failback',
  'complete-failback': 'Commands: outage, failover and failback',
  'fail-failback': 'Commands: outage, failover and failback',
  'choose-route': 'Commands: outage, failover and failback',
  'replace-pool': 'Commands: outage, failover and failback',
  'complete-replacement': 'Commands: outage, failover and failback',
  'set-targets': 'Commands: outage, failover and failback',
  'annotate-incident': 'Commands: outage, failover and failback',
  'tick-step': 'Commands: outage, failover and failback',
  'register-agent': 'Commands: agents',
  'move-agent': 'Commands: agents',
  'sign-in-agent': 'Commands: agents',
  'sign-out-agent': 'Commands: agents',
  'report-call-arrived': 'Commands: calls',
  'report-call-connected': 'Commands: calls',
  'report-call-ended': 'Commands: calls',
  'place-call-on-behalf': 'Commands: calls',
  retract: 'Commands: corrections',
  'correct-time': 'Commands: corrections',
};

const commandLine = (name: CommandName): OperationLine =>
  line(
    tagOf[name],
    { 200: orPreview(name, 'Accepted: the events, or none where it already holds.') },
    ofCommand,
    ['X-Correlation-Id'],
  );

export const commandLines: Readonly<Record<string, OperationLine>> = Object.fromEntries(
  commandNames.map((name) => [name, commandLine(name)]),
);
