/** Counts over time: calls that were cut off, by cause, and agents who signed in and out. */
import { causes, type CutOffSpan } from '../../incident/cut-offs.js';
import type { Scale } from '../../incident/scale.js';
import type { SignSpan } from '../../incident/sign-ins.js';
import { causeNames } from '../../texts/incident.js';

interface CallerProps {
  readonly scale: Scale;
  readonly spans: readonly CutOffSpan[];
  /** Calls that fill the height. */
  readonly most: number;
  readonly height: number;
}

export function CallerBars({ scale, spans, most, height }: CallerProps) {
  return (
    <>
      <line class="base" x1={0} x2={scale.width} y1={height} y2={height} />
      {spans.map((span) => {
        const left = scale.x(span.from);
        const width = Math.max(2, scale.x(span.to) - left - 1);
        let below = 0;
        return (
          <g key={span.from}>
            <title>{spanText(span)}</title>
            {causes.map((cause) => {
              const calls = span.byCause[cause];
              if (calls === 0) return null;
              const tall = (calls / Math.max(1, most)) * height;
              below += tall;
              return (
                <rect
                  key={cause}
                  class={`cause-${cause}`}
                  x={left}
                  y={height - below}
                  width={width}
                  height={tall}
                />
              );
            })}
          </g>
        );
      })}
    </>
  );
}

const spanText = ({ calls, byCause }: CutOffSpan): string => {
  const parts = causes
    .filter((cause) => byCause[cause] > 0)
    .map((cause) => `${byCause[cause]} ${causeNames[cause]}`);
  return `${calls}: ${parts.join(', ')}`;
};

interface AgentProps {
  readonly scale: Scale;
  readonly spans: readonly SignSpan[];
  readonly most: number;
  readonly height: number;
}

export function AgentBars({ scale, spans, most, height }: AgentProps) {
  const middle = height / 2;
  return (
    <>
      <line class="base" x1={0} x2={scale.width} y1={middle} y2={middle} />
      {spans.map((span) => {
        const left = scale.x(span.from);
        const width = Math.max(2, scale.x(span.to) - left - 1);
        const up = (span.in / Math.max(1, most)) * middle;
        const down = (span.out / Math.max(1, most)) * middle;
        return (
          <g key={span.from}>
            <title>{`+${span.in} −${span.out}`}</title>
            <rect class="signed-in" x={left} y={middle - up} width={width} height={up} />
            <rect class="signed-out" x={left} y={middle} width={width} height={down} />
          </g>
        );
      })}
    </>
  );
}
