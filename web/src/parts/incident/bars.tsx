/** Counts over time: calls that were cut off, by cause, and agents who signed in and out. */
import { causes, type Cause } from '../../incident/cut-offs.js';
import type { Scale } from '../../incident/scale.js';
import { causeNames, incidentTexts } from '../../texts/incident.js';

/** Calls from one time to another, in milliseconds since 1970. */
export interface CallSpan {
  readonly from: number;
  readonly to: number;
  /** That were cut off. */
  readonly calls: number;
  readonly byCause: Readonly<Record<Cause, number>>;
  /** Absent where only cut-offs are known. */
  readonly arrived?: number;
  readonly connected?: number;
}

export interface SignSpan {
  readonly from: number;
  readonly to: number;
  readonly in: number;
  readonly out: number;
}

interface CallerProps {
  readonly scale: Scale;
  readonly spans: readonly CallSpan[];
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
            {(span.arrived ?? 0) === 0 ? null : (
              <rect
                class="arrived"
                x={left + 0.5}
                y={height - ((span.arrived ?? 0) / Math.max(1, most)) * height}
                width={Math.max(1, width - 1)}
                height={((span.arrived ?? 0) / Math.max(1, most)) * height}
              />
            )}
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

const spanText = ({ calls, byCause, arrived, connected }: CallSpan): string => {
  const parts = causes
    .filter((cause) => byCause[cause] > 0)
    .map((cause) => `${byCause[cause]} ${causeNames[cause]}`);
  const cutOff = `${calls}: ${parts.join(', ')}`;
  if (arrived === undefined || connected === undefined) return cutOff;
  return `${incidentTexts.arrived(arrived, connected)}${calls === 0 ? '' : `; ${incidentTexts.cutOff} ${cutOff}`}`;
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
