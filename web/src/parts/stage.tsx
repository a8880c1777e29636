import type { Stage as StageName } from '../../../policy/stages.js';
import { stageNames } from '../texts.js';

/** Told apart by its word and its mark; colour only helps. */
export const stageMarks: Readonly<Record<StageName, string>> = {
  normal: '●',
  outage: '✕',
  'failing-over': '↷',
  'failed-over': '◐',
  'failing-back': '↶',
  'failed-back': '◔',
};

export function Stage({ stage }: { readonly stage: StageName }) {
  return (
    <span class={`stage stage-${stage}`}>
      <span aria-hidden="true">{stageMarks[stage]}</span> {stageNames[stage]}
    </span>
  );
}
