/** Histories below each other, over one axis: the stages of the pool, and the calls that were cut off. */
import type { AnswerOf } from '../../../../src/contract/answers.js';
import { causes, type Cause } from '../../incident/cut-offs.js';
import { scaleOf } from '../../incident/scale.js';
import { useWidth } from '../../state/width.js';
import { whatIfTexts } from '../../texts/what-if.js';
import { Axis } from './axis.js';
import { CallerBars } from './bars.js';
import { StageBars } from './stage-bars.js';

type Outcome = AnswerOf<'what-if'>['recorded'];

interface Props {
  readonly from: number;
  readonly to: number;
  readonly histories: readonly { readonly name: string; readonly outcome: Outcome }[];
}

/** Pixels. */
const heights = { label: 20, stages: 32, calls: 40, gap: 10 } as const;
const each = heights.label + heights.stages + heights.calls + heights.gap;
const narrowest = 560;
const margin = 16;

const noCause = Object.fromEntries(causes.map((cause) => [cause, 0])) as Record<Cause, number>;

export function Histories({ from, to, histories }: Props) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const spans = histories.map(({ outcome }) => ({
    stages: timed(outcome.stages),
    cutOff: timed(outcome.overTime).map((span) => ({ ...span, byCause: { ...noCause, other: span.calls } })),
  }));
  const times = spans.flatMap(({ stages, cutOff }) =>
    [...stages, ...cutOff].flatMap((span) => [span.from, span.to]),
  );
  const inside = [from, to, ...times].map((time) => Math.min(to, Math.max(from, time)));
  const scale = scaleOf(inside, Math.max(narrowest, width.value) - 2 * margin);
  const most = Math.max(0, ...spans.flatMap(({ cutOff }) => cutOff.map(({ calls }) => calls)));
  const bottom = histories.length * each;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={whatIfTexts.lanes} ref={frame}>
      {width.value === 0 ? null : (
        <svg
          class="lanes"
          width={scale.width + 2 * margin}
          height={bottom + 34}
          role="img"
          aria-label={whatIfTexts.lanes}
        >
          <g transform={`translate(${margin} 0)`}>
            <Axis scale={scale} top={bottom} height={bottom} />
            {histories.map(({ name }, index) => (
              <g key={name} transform={`translate(0 ${index * each})`}>
                <text class="lane-label" y={14}>
                  {name}
                </text>
                <g transform={`translate(0 ${heights.label})`}>
                  <StageBars scale={scale} spans={spans[index]?.stages ?? []} />
                </g>
                <g transform={`translate(0 ${heights.label + heights.stages})`}>
                  <CallerBars
                    scale={scale}
                    spans={spans[index]?.cutOff ?? []}
                    most={most}
                    height={heights.calls}
                  />
                </g>
              </g>
            ))}
          </g>
        </svg>
      )}
    </div>
  );
}

/** Times as numbers; stages that a pool left at once have no length. */
const timed = <Span extends { readonly from: string; readonly to: string }>(spans: readonly Span[]) =>
  spans
    .map((span) => ({ ...span, from: Date.parse(span.from), to: Date.parse(span.to) }))
    .filter((span) => span.to > span.from);
