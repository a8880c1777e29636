/** The stages of a pool as bars, each with its word where there is room, else with its mark. */
import type { Scale } from '../../incident/scale.js';
import type { Timeline } from '../../incident/course.js';
import { stageNames } from '../../texts.js';
import { durationText } from '../duration.js';
import { stageMarks } from '../stage.js';

/** In which stage a pool was, in milliseconds since 1970. */
export interface StageSpan {
  readonly stage: Timeline['stages'][number]['stage'];
  readonly from: number;
  readonly to: number;
}

const height = 28;
/** Pixels of a letter, generously. */
const letter = 8;

export function StageBars({ scale, spans }: { readonly scale: Scale; readonly spans: readonly StageSpan[] }) {
  return (
    <>
      {spans.map(({ stage, from, to }) => {
        const left = scale.x(from);
        const width = Math.max(2, scale.x(to) - left);
        const name = stageNames[stage];
        const label = width >= name.length * letter + 8 ? name : width >= 16 ? stageMarks[stage] : '';
        return (
          <g key={from} class={`bar bar-${stage}`}>
            <title>{`${name}, ${durationText(to - from)}`}</title>
            <rect x={left} width={width} height={height} rx={3} />
            <text x={left + Math.min(8, width / 4)} y={19}>
              {label}
            </text>
          </g>
        );
      })}
    </>
  );
}
