import { describe, expect, it } from '@jest/globals';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { reportHtml } from '../../../projections/incidents/report/html.js';
import { reportMarkdown } from '../../../projections/incidents/report/markdown.js';
import type { RecordCorrection } from '../../../projections/incidents/report/corrections.js';
import { detailOf, reportOf, type IncidentReport } from '../../../projections/incidents/report/report.js';
import { style } from '../../../projections/incidents/report/style.js';
import { fc, runs } from '../../support/properties.js';
import { anyHistory } from '../../support/random-history.js';
import { recorded, type Told } from '../../support/recorded.js';
import {
  arrived,
  failbackCompleted,
  failbackInitiated,
  failoverCompleted,
  failoverInitiated,
  importedWorkflow,
  incidentClosed,
  outage,
  outageEnded,
  paired,
  pairId,
  poolA,
  workflow,
} from '../../support/story.js';
import { hostile } from '../../text/support/strings.js';
import { at, factsOf, minutes, then } from './support.js';

const head = {
  position: '4711',
  eventId: 'event-4711',
  type: 'IncidentClosed',
  recordedAt: at('15:00'),
  hash: 'ab'.repeat(32),
};

const reportAfter = (...told: readonly Told[]): IncidentReport => reportWith([], ...told);

function reportWith(corrections: readonly RecordCorrection[], ...told: readonly Told[]): IncidentReport {
  const facts = factsOf(recorded(told));
  const incident = facts.pair.incidents.at(-1);
  if (incident === undefined) throw new Error('There is no incident.');
  return reportOf(facts, detailOf(facts, incident, []), corrections, head);
}

/** A correction as it is shown. */
const mistake: RecordCorrection = {
  kind: 'retracted',
  event: 'event-12',
  type: 'IncidentAnnotated',
  what: 'Note on the incident',
  before: at('08:10'),
  after: null,
  at: at('12:00'),
  by: 'ada@contoso.com',
  why: 'It was another building',
  position: '4700',
};

const drill = (clock: string): Told => {
  const event = outage(poolA);
  return then(clock, { ...event, data: { ...event.data, drill: true } });
};
const desk: readonly Told[] = [
  then('07:00', paired),
  then('07:00', {
    type: 'TargetsSet',
    data: { pool: poolA, recoveryTime: minutes(25), recoveryPoint: null },
  }),
  then('07:01', workflow(poolA, 'help')),
  ...importedWorkflow(poolA, 'help').map((event) => then('07:02', event)),
];
const real: readonly Told[] = [
  then('08:00', outage(poolA), { recorded: '08:01' }),
  then('08:20', failoverInitiated(poolA)),
  then('08:40', failoverCompleted(poolA)),
  then('09:00', failbackInitiated(poolA)),
  then('09:05', failbackCompleted(poolA)),
  then('09:10', incidentClosed(poolA)),
];
const practised: readonly Told[] = [
  then('09:59', arrived('c', poolA, 'help')),
  drill('10:00'),
  then('10:10', failoverInitiated(poolA)),
  then('10:22', failoverCompleted(poolA)),
];

describe('A drill', () => {
  it('is beside its targets, the last drill and the last real incident', () => {
    const { comparison } = reportAfter(...desk, ...real, ...practised).incident;
    expect(comparison).toMatchObject({ lastDrill: null, lastReal: `${pairId}-1` });
    expect(comparison.lines.find(({ name }) => name === 'failing-over')).toEqual({
      name: 'failing-over',
      milliseconds: minutes(12),
      sinceOpened: minutes(22),
      target: minutes(25),
      met: true,
      lastDrill: null,
      lastReal: minutes(20),
    });
    expect(comparison.lines.find(({ name }) => name === 'recovery-time')).toMatchObject({
      milliseconds: minutes(22),
      met: true,
      lastReal: minutes(40),
    });
    expect(comparison.score.lastReal.shorter).toBeGreaterThan(comparison.score.lastReal.longer);
    const next = reportAfter(
      ...desk,
      ...real,
      ...practised,
      then('10:30', failbackInitiated(poolA)),
      then('10:31', failbackCompleted(poolA)),
      then('10:32', incidentClosed(poolA)),
      drill('11:00'),
    ).incident.comparison;
    expect(next).toMatchObject({ lastDrill: `${pairId}-2`, lastReal: `${pairId}-1` });
  });

  it('says in every form that it is one', () => {
    const report = reportAfter(...desk, ...practised);
    expect(reportHtml(report)).toContain('<strong>Drill.</strong>');
    expect(reportMarkdown(report)).toMatch(/^# Incident .* \(drill\)$/m);
  });
});

describe('The report', () => {
  it('has the lanes of all who are concerned, within the incident', () => {
    const { lanes } = reportAfter(...desk, ...real);
    expect(lanes.map(({ name }) => name)).toEqual([
      'primary',
      'backup',
      'callers',
      'agents',
      'administrators',
    ]);
    expect(lanes[0]?.spans.map(({ label }) => label)).toEqual([
      'outage',
      'failing-over',
      'failed-over',
      'failing-back',
      'failed-back',
    ]);
    expect(lanes[2]?.spans.map(({ label, from }) => [label, from])).toEqual([
      ['cut off', at('08:00')],
      ['served by the backup pool', at('08:40')],
      ['failing back', at('09:00')],
      ['served at home', at('09:05')],
    ]);
  });

  it('spells out the statements, and ends with the head of the log', () => {
    const report = reportAfter(...desk, ...practised);
    for (const text of [reportHtml(report), reportMarkdown(report)]) {
      expect(text).toContain('no agent has answered yet');
      expect(text).toContain('4711');
      expect(text.indexOf(head.hash)).toBeGreaterThan(text.length - 300);
    }
  });

  it('is valid HTML without anything that runs or is loaded, also of an incident of no length', () => {
    for (const told of [
      real,
      [...real, ...practised],
      [then('08:00', outage(poolA)), then('08:00', outageEnded(poolA))],
    ])
      isWhole(reportHtml(reportAfter(...desk, ...told)));
  });

  it('carries every text of others as text', () => {
    fc.assert(
      fc.property(
        fc.array(hostile, { minLength: 3, maxLength: 3 }),
        ([reason = '', note = '', name = '']) => {
          const [file, brought] = importedWorkflow(poolA, 'help');
          const report = reportWith(
            [{ ...mistake, what: reason, by: note, why: name }],
            then('07:00', paired),
            then('07:01', { ...workflow(poolA, 'help'), data: { ...workflow(poolA, 'help').data, name } }),
            ...[file, brought].flatMap((event) => (event === undefined ? [] : [then('07:02', event)])),
            then('09:59', arrived('c', poolA, 'help')),
            then('10:00', { ...outage(poolA), data: { ...outage(poolA).data, reason } }, { actor: note }),
            then('10:01', {
              type: 'IncidentAnnotated',
              data: { pool: poolA, incident: `${pairId}-1`, text: note },
            }),
          );
          isWhole(reportHtml(report));
          expect(reportMarkdown(report)).not.toMatch(/^\s*<|<script|<img/m);
        },
      ),
      { numRuns: runs(200) },
    );
  });

  it('can be written of any history', () => {
    fc.assert(
      fc.property(anyHistory(), (events) => {
        const facts = factsOf(events);
        for (const incident of facts.pair.incidents) {
          const report = reportOf(facts, detailOf(facts, incident, []), [], head);
          const html = reportHtml(report);
          expect(html).not.toMatch(/NaN|undefined|Infinity|Invalid/);
          expect(reportMarkdown(report)).not.toMatch(/NaN|undefined|Infinity|Invalid/);
          isWhole(html);
        }
      }),
      { numRuns: runs(40) },
    );
  });
});

/** What a report is made of, and nothing else. */
const tags = new Set(
  '#document #documentType #text html head meta title style body header h1 h2 p main section div svg g rect line circle polyline text table caption thead tbody tr th td dl dt dd ul li b strong span br code footer'.split(
    ' ',
  ),
);

function isWhole(html: string): void {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  const strange = new Set<string>();
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if (!tags.has(node.nodeName)) strange.add(node.nodeName);
    for (const { name } of 'attrs' in node ? node.attrs : [])
      if (/^(on|style$|href$|src$)/.test(name)) strange.add(name);
    for (const child of 'childNodes' in node ? node.childNodes : []) walk(child);
  };
  walk(document);
  expect([...strange]).toEqual([]);
  expect(html).toContain(`<style>${style}</style>`);
}
