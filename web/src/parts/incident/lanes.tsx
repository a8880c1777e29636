/** The swim lanes of an incident: both pools, callers, agents and administrators over one axis of time. */
import type { ComponentChildren } from 'preact';
import { cutOffSpans } from '../../incident/cut-offs.js';
import { marksOf } from '../../incident/marks.js';
import { scaleOf, type Scale } from '../../incident/scale.js';
import { signSpans } from '../../incident/sign-ins.js';
import { stageSpans } from '../../incident/stage-spans.js';
import type { Course } from '../../incident/course.js';
import { useWidth } from '../../state/width.js';
import { incidentTexts } from '../../texts/incident.js';
import { Axis } from './axis.js';
import { AgentBars, CallerBars } from './bars.js';
import { Marks } from './marks.js';
import { StageBars } from './stage-bars.js';

/** Pixels; narrower windows scroll. */
const narrowest = 560;
/** Pixels of the label above a lane. */
const labelHeight = 22;

interface Props {
  readonly course: Course;
  readonly cursor: number | null;
  /** Below the lanes, along the same axis. */
  readonly children: (scale: Scale) => ComponentChildren;
}

export function Lanes({ course, cursor, children }: Props) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const { incident, entries, agents, from, to } = course;
  const cutOffs = cutOffSpans(incident.cutOff.overTime, entries);
  const signs = signSpans(agents);
  const marks = marksOf(entries, incident);
  const times = [
    ...[from, to],
    ...cutOffs.flatMap((span) => [span.from, span.to]),
    ...entries.map(({ occurredAt }) => Date.parse(occurredAt)),
    ...marks.map(({ time }) => time),
    ...signs.flatMap((span) => [span.from, span.to]),
  ].map((time) => Math.min(to, Math.max(from, time)));
  const scale = scaleOf(times, Math.max(narrowest, width.value) - 2 * margin);
  const mostCut = Math.max(0, ...cutOffs.map(({ calls }) => calls));
  const mostSigns = Math.max(0, ...signs.flatMap((span) => [span.in, span.out]));
  const { lanes } = incidentTexts;
  const rows = [
    {
      label: lanes.primary(incident.pool),
      height: 30,
      draw: <StageBars scale={scale} spans={stageSpans(entries, incident.pool, from, to)} />,
    },
    {
      label: lanes.backup(incident.partner),
      height: 30,
      draw: <StageBars scale={scale} spans={stageSpans(entries, incident.partner, from, to)} />,
    },
    {
      label: lanes.callers(mostCut),
      height: 84,
      draw: <CallerBars scale={scale} spans={cutOffs} most={mostCut} height={84} />,
    },
    {
      label: lanes.agents(mostSigns),
      height: 64,
      draw: <AgentBars scale={scale} spans={signs} most={mostSigns} height={64} />,
    },
    { label: lanes.administrators, height: 30, draw: <Marks scale={scale} marks={marks} /> },
  ];
  const tops = rows.map((_, index) =>
    rows.slice(0, index).reduce((sum, { height }) => sum + height + labelHeight, 0),
  );
  const bottom = (tops.at(-1) ?? 0) + labelHeight + (rows.at(-1)?.height ?? 0) + 6;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={incidentTexts.course} ref={frame}>
      {width.value === 0 ? null : (
        <svg
          class="lanes"
          width={scale.width + 2 * margin}
          height={bottom + 36}
          role="group"
          aria-label={incidentTexts.course}
        >
          <Patterns />
          <g transform={`translate(${margin} 0)`}>
            <Axis scale={scale} top={bottom} height={bottom} />
            {rows.map(({ label, draw }, index) => (
              <g key={label} transform={`translate(0 ${tops[index] ?? 0})`}>
                <text class="lane-label" y={15}>
                  {label}
                </text>
                <g transform={`translate(0 ${labelHeight})`}>{draw}</g>
              </g>
            ))}
            {cursor === null ? null : <Cursor scale={scale} time={cursor} height={bottom} />}
          </g>
        </svg>
      )}
      {width.value === 0 ? null : children(scale)}
    </div>
  );
}

/** Pixels beside the axis, so that marks and labels at its ends are whole. */
export const margin = 16;

function Cursor({
  scale,
  time,
  height,
}: {
  readonly scale: Scale;
  readonly time: number;
  readonly height: number;
}) {
  const x = Math.round(scale.x(time));
  return (
    <g class="cursor" aria-hidden="true">
      <line x1={x} x2={x} y1={0} y2={height} />
      <path d={`M${x - 6} 0h12l-6 8z`} />
    </g>
  );
}

/** Causes are told apart by their patterns; colour only helps. */
function Patterns() {
  return (
    <defs>
      <pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" class="pattern-paper" />
        <rect width="3" height="6" class="pattern-ink" />
      </pattern>
      <pattern id="dotted" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" class="pattern-paper" />
        <circle cx="3" cy="3" r="1.8" class="pattern-ink" />
      </pattern>
    </defs>
  );
}
