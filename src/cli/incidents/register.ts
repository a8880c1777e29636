import { writeFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import type { Query } from '../client.js';
import { CliError } from '../exit-codes.js';
import type { Session } from '../session.js';
import { moment } from '../views/filters.js';
import { optionOf } from '../views/register.js';
import { sayWhyEmpty } from '../views/why-empty.js';
import { incidentsText, incidentText } from './words.js';

interface Asked {
  readonly asOf?: string;
  readonly at?: string;
  readonly minPosition?: string;
}

const formats = ['markdown', 'html', 'json'] as const;

/** Adds the verbs about incidents: those of all pools, one, and its report. */
export function registerIncidents(program: Command, session: Session): void {
  dated(
    program
      .command('incidents')
      .description('the incidents of all pools, or of one: recovery, calls cut off, drills apart')
      .argument('[fqdn]', 'only those of this pool')
      .addOption(
        new Option('--kind <kind>', 'only real incidents, or only drills').choices(['real', 'drill']),
      )
      .option('--limit <number>', 'incidents on the page, 1 to 200')
      .option('--cursor <cursor>', 'the next of the page before'),
  ).action(async (fqdn: string | undefined, asked: Asked) => {
    const path = fqdn === undefined ? '/v1/incidents' : `/v1/pools/${encodeURIComponent(fqdn)}/incidents`;
    const answer = await session.client.view(path, queryOf(asked));
    const operation = fqdn === undefined ? 'incidents' : 'pool-incidents';
    await session.show(operation, answer, (body) => incidentsText(body, session.io));
    const moment = [asked.asOf, asked.at].some((one) => one !== undefined);
    if (fqdn === undefined || answer.status !== 200 || session.json || !moment) return;
    const { incidents } = await session.client.read(operation, answer);
    if (incidents.length === 0) await sayWhyEmpty(session, fqdn, queryOf(asked));
  });
  dated(
    program
      .command('incident')
      .description('one incident: how long each phase took, what it cost, who did what')
      .argument('<id>', 'the id of the incident'),
  ).action(async (id: string, asked: Asked) => {
    const answer = await session.client.view(pathOf(id), queryOf(asked));
    await session.show('incident', answer, (body) => incidentText(body, session.io));
  });
  dated(
    program
      .command('report')
      .description('the report of an incident, to paste or to print')
      .argument('<id>', 'the id of the incident')
      .addOption(
        new Option('--format <format>', 'how it is written').choices([...formats]).default('markdown'),
      )
      .option('--out <file>', 'write it to this file'),
  ).action(async (id: string, { out, format, ...asked }: Asked & { out?: string; format: string }) => {
    // What --json means everywhere else is meant here as well.
    const wanted = session.json ? 'json' : format;
    const answer = await session.client.view(`${pathOf(id)}/report`, { ...queryOf(asked), format: wanted });
    if (out === undefined || answer.status >= 400) {
      session.showFile(answer);
      return;
    }
    writeTo(out, answer.text);
  });
}

const dated = (verb: Command): Command => {
  for (const filter of moment) verb.addOption(optionOf(filter));
  return verb;
};

const pathOf = (id: string): string => `/v1/incidents/${encodeURIComponent(id)}`;

const queryOf = (asked: Asked): Query => ({ ...asked });

function writeTo(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CliError(`--out: ${error instanceof Error ? error.message : String(error)}`);
  }
}
