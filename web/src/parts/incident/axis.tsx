/** The axis of time: in the zone of the reader, with UTC below it; idle stretches are marked. */
import { ticksOf, type Scale } from '../../incident/scale.js';
import { incidentTexts } from '../../texts/incident.js';
import { durationText } from '../duration.js';

const local = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

interface Props {
  readonly scale: Scale;
  /** Pixels from the top of the chart to the labels. */
  readonly top: number;
  readonly height: number;
}

export function Axis({ scale, top, height }: Props) {
  const first = scale.segments[0]?.from ?? 0;
  const offset = -new Date(first).getTimezoneOffset() * 60_000;
  return (
    <g class="axis">
      {scale.segments
        .filter(({ isIdle }) => isIdle)
        .map(({ from, to, left, right }) => (
          <g key={from}>
            <rect class="idle" x={left} width={right - left} height={height} />
            <title>{incidentTexts.idle(durationText(to - from))}</title>
          </g>
        ))}
      {ticksOf(scale, offset).map((time) => {
        const x = Math.round(scale.x(time));
        return (
          <g key={time}>
            <line x1={x} x2={x} y1={0} y2={height} />
            <text x={x} y={top + 14} text-anchor="start">
              {local.format(time)}
              {offset === 0 ? ' UTC' : ''}
            </text>
            {offset === 0 ? null : (
              <text class="utc" x={x} y={top + 28} text-anchor="start">
                {new Date(time).toISOString().slice(11, 16)} UTC
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
