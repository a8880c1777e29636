/** The report of the outage of the example, as the service writes it on the evening of that day. */
import type { Poolkeeper } from '../../src/runtime/poolkeeper.js';
import { Failed } from '../../src/runtime/result.js';
import { reportHtml } from '../../projections/incidents/report/html.js';
import { reportMarkdown } from '../../projections/incidents/report/markdown.js';
import { textOf } from './text-of.js';

export interface WrittenReport {
  readonly html: string;
  readonly markdown: string;
}

export const exampleReport = (format: keyof WrittenReport): string =>
  `docs/example-report.${format === 'html' ? 'html' : 'md'}`;

export async function reportOfDay({ runner, incidents }: Poolkeeper): Promise<WrittenReport> {
  await runner.catchUp();
  const now = { asOf: null, minPosition: null };
  const all = await incidents.all(now, { limit: 1 }, () => true);
  if (all instanceof Failed) throw new Error('The incidents of the day are not there.');
  const report = await incidents.report(textOf(all.value.incidents[0]?.id), now);
  if (report instanceof Failed) throw new Error('The report of the day is not there.');
  return { html: reportHtml(report.value), markdown: reportMarkdown(report.value) };
}
