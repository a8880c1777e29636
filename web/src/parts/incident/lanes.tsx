/** The swim lanes of an incident: both pools, callers, agents and administrators over one axis of time. */
import type { ComponentChildren } from 'preact';
import { byCause } from '../../incident/cut-offs.js';
import { scaleOf, type Scale } from '../../incident/scale.js';
import type { Course } from '../../incident/course.js';
import { useWidth } from '../../state/width.js';
import { incidentTexts } from '../../texts/incident.js';
import { durationText } from '../duration.js';
import { Axis } from './axis.js';
import { AgentBars, CallerBars } from './bars.js';
import { Marks } from './marks.js';
import { StageBars, type StageSpan } from './stage-bars.js';

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
  const { incident, timeline, from, to } = course;
  const { marks, buckets } = timeline;
  const inside = (time: number): number => Math.min(to, Math.max(from, time));
  const spans = buckets.map((bucket) => ({
    ...bucket,
    from: inside(Date.parse(bucket.from)),
    to: inside(Date.parse(bucket.to)),
  }));
  const calls = spans
    .filter(({ arrived, cutOff }) => arrived + cutOff > 0)
    .map((span) => ({ ...span, calls: span.cutOff, byCause: byCause(span.byStatement) }));
  const signs = spans
    .filter(({ signedIn, signedOut }) => signedIn + signedOut > 0)
    .map((span) => ({ ...span, in: span.signedIn, out: span.signedOut }));
  const times = [
    ...[from, to],
    ...spans.flatMap((span) => [span.from, span.to]),
    ...marks.map(({ at }) => inside(Date.parse(at))),
  ];
  const scale = scaleOf(times, Math.max(narrowest, width.value) - 2 * margin);
  const mostCalls = greatest(calls.flatMap((span) => [span.calls, span.arrived]));
  const mostSigns = greatest(signs.flatMap((span) => [span.in, span.out]));
  const length = durationText(timeline.bucket);
  const stagesOf = (pool: string): readonly StageSpan[] =>
    timeline.stages
      .filter((one) => one.pool === pool)
      .map((one) => ({
        stage: one.stage,
        from: Date.parse(one.from),
        to: one.to === null ? to : Date.parse(one.to),
      }));
  const { lanes } = incidentTexts;
  const rows = [
    {
      label: lanes.primary(incident.pool),
      height: 30,
      draw: <StageBars scale={scale} spans={stagesOf(incident.pool)} />,
    },
    {
      label: lanes.backup(incident.partner),
      height: 30,
      draw: <StageBars scale={scale} spans={stagesOf(incident.partner)} />,
    },
    {
      label: lanes.callers(mostCalls, length),
      height: 84,
      draw: <CallerBars scale={scale} spans={calls} most={mostCalls} height={84} />,
    },
    {
      label: lanes.agents(mostSigns, length),
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
          viewBox={`0 0 ${scale.width + 2 * margin} ${bottom + 36}`}
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

const greatest = (counts: readonly number[]): number =>
  counts.reduce((most, count) => Math.max(most, count), 0);

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
