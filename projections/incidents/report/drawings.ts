/** The drawings of a report, as SVG that carries no script and no style of its own. */
import { markup, type Markup } from '../../../text/html.js';
import { timeText } from '../words.js';
import type { Lane, LaneMark, LaneName, LaneSpan } from './lanes.js';
import type { IncidentReport } from './report.js';
import { drawnTicks, placed, timeAxis, xOf, type TimeAxis } from './time-axis.js';

const width = 960;
const left = 116;
const right = 24;

const laneTitles: Readonly<Record<LaneName, string>> = {
  primary: 'Primary',
  backup: 'Backup',
  callers: 'Callers',
  agents: 'Agents',
  administrators: 'Administrators',
};

/** All times that a drawing has to show; of an incident that goes on, up to the last that is known. */
function spanOfTime({ incident, lanes, agentsBack }: IncidentReport): readonly [number, number] {
  const times = [
    incident.opened,
    incident.closed,
    ...incident.phases.flatMap(({ name, from, to }) => (name === 'detected' ? [from] : [from, to])),
    ...lanes.flatMap(({ spans, marks }) => [
      ...spans.flatMap(({ from, to }) => [from, to]),
      ...marks.map(({ at }) => at),
    ]),
    ...agentsBack,
  ].flatMap((time) => (time === null ? [] : [Date.parse(time)]));
  const opened = Date.parse(incident.opened);
  const closed = incident.closed === null ? Math.max(...times) : Date.parse(incident.closed);
  return [opened, closed];
}

const axisOf = (report: IncidentReport): TimeAxis => {
  const [from, to] = spanOfTime(report);
  return timeAxis(from, to, left, width - left - right);
};

const drawing = (height: number, label: string, body: readonly Markup[]): Markup =>
  markup`<div class="scroll"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}"><title>${label}</title>${body}</svg></div>`;

const laneHeight = 44;
const laneTop = 8;

export function swimLanes(report: IncidentReport): Markup {
  const axis = axisOf(report);
  const { lanes, incident } = report;
  const bottom = laneTop + lanes.length * laneHeight;
  return drawing(bottom + 24, `Who was in which state when, from ${timeText(incident.opened)} on`, [
    ...lanes.map((_, index) => laneBed(index)),
    ...drawnTicks(axis, laneTop, bottom),
    ...lanes.flatMap((lane, index) => laneDrawing(axis, lane, laneTop + index * laneHeight)),
  ]);
}

const laneBed = (index: number): Markup =>
  markup`<rect class="lane" x="0" y="${laneTop + index * laneHeight + 2}" width="${width}" height="${laneHeight - 4}"/>`;

const laneDrawing = (axis: TimeAxis, { name, spans, marks }: Lane, top: number): readonly Markup[] => [
  markup`<text x="8" y="${top + 26}">${laneTitles[name]}</text>`,
  ...spans.map((span) => spanDrawing(axis, span, top)),
  ...marks.map((mark) => markDrawing(axis, mark, top)),
];

/** A letter is about this wide: a label that does not fit is told by the title only. */
const letter = 7.4;

function spanDrawing(axis: TimeAxis, { from, to, label, tone }: LaneSpan, top: number): Markup {
  const start = xOf(axis, Date.parse(from));
  const end = to === null ? xOf(axis, axis.to) : xOf(axis, Date.parse(to));
  const wide = placed(Math.max(2, end - start));
  const title = `${label}: ${timeText(from)} to ${to === null ? 'now' : timeText(to)}`;
  const fits = label.length * letter + 8 < wide;
  const text = fits ? markup`<text class="on" x="${placed(start + 5)}" y="${top + 22}">${label}</text>` : '';
  return markup`<g><title>${title}</title><rect class="${tone}" x="${start}" y="${top + 5}" width="${wide}" height="${laneHeight - 18}"/>${text}</g>`;
}

function markDrawing(axis: TimeAxis, { at, label, by }: LaneMark, top: number): Markup {
  const x = xOf(axis, Date.parse(at));
  const title = `${label}: ${timeText(at)}${by === null ? '' : `, ${by}`}`;
  return markup`<g><title>${title}</title><circle class="mark" cx="${x}" cy="${top + laneHeight - 7}" r="4.5"/></g>`;
}

const chartHeight = 120;

/** A scale with a round number at its top. */
function scaleOf(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((top) => top >= most) ?? most;
}

const axisOfNumbers = (top: number): readonly Markup[] =>
  [0, top].map((number) => {
    const y = 10 + chartHeight - (number / top) * chartHeight;
    return markup`<line class="axis" x1="${left}" y1="${placed(y)}" x2="${width - right}" y2="${placed(y)}"/><text class="small" x="${left - 8}" y="${placed(y + 4)}" text-anchor="end">${number}</text>`;
  });

/** Calls cut off, five minutes a bar. */
export function cutOffChart(report: IncidentReport): Markup {
  const axis = axisOf(report);
  const { overTime } = report.incident.cutOff;
  const top = scaleOf(Math.max(0, ...overTime.map(({ calls }) => calls)));
  return drawing(chartHeight + 34, 'Calls cut off, by five minutes', [
    ...drawnTicks(axis, 10, 10 + chartHeight),
    ...axisOfNumbers(top),
    ...overTime.map(({ from, to, calls }) => {
      const start = xOf(axis, Date.parse(from));
      const wide = placed(Math.max(2, xOf(axis, Date.parse(to)) - start - 1));
      const high = placed((calls / top) * chartHeight);
      return markup`<g><title>${calls} from ${timeText(from)}</title><rect class="bar" x="${start}" y="${placed(10 + chartHeight - high)}" width="${wide}" height="${high}"/></g>`;
    }),
  ]);
}

/** How many of the agents were back when. */
export function agentsChart(report: IncidentReport): Markup {
  const axis = axisOf(report);
  const { agentsBack, incident } = report;
  const { signedIn = agentsBack.length } = incident.phases.find(({ name }) => name === 'agents-back') ?? {};
  const top = Math.max(1, signedIn);
  const y = (number: number): number => placed(10 + chartHeight - (number / top) * chartHeight);
  const points = agentsBack.flatMap((time, index) => {
    const x = xOf(axis, Date.parse(time));
    return [`${x},${y(index)}`, `${x},${y(index + 1)}`];
  });
  const end = `${xOf(axis, axis.to)},${y(agentsBack.length)}`;
  return drawing(chartHeight + 34, `Agents back: ${agentsBack.length} of ${signedIn}`, [
    ...drawnTicks(axis, 10, 10 + chartHeight),
    ...axisOfNumbers(top),
    markup`<polyline class="line" points="${[`${left},${y(0)}`, ...points, end].join(' ')}"/>`,
  ]);
}

/** A bar beside a number of a table. */
export const shareBar = (share: number): Markup =>
  markup`<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar" x="0" y="0" width="${placed(share * 100)}" height="10"/></svg>`;
