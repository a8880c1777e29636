/** Verifies the log and the views, and shows how far the run is. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { AnswerOf } from '../../../../src/contract/answers.js';
import type { VerificationLine } from '../../../../src/contract/log.js';
import { problemIn, unreachable, type Problem } from '../../api/problem.js';
import { request } from '../../api/request.js';
import { linesOf } from '../../api/lines.js';
import { serviceTexts } from '../../texts/service.js';
import { ProblemNote } from '../states.js';
import { Time } from '../time.js';

type Verification = AnswerOf<'verify'>;
type Progress = Extract<VerificationLine, { progress: unknown }>['progress'];

interface Run {
  readonly isRunning: boolean;
  readonly progress: Progress | null;
  readonly result: Verification | null;
  readonly problem: Problem | null;
}

const idle: Run = { isRunning: false, progress: null, result: null, problem: null };

export function VerificationPart() {
  const run = useSignal<Run>(idle);
  const cancel = useRef<AbortController>(undefined);
  useEffect(() => () => cancel.current?.abort(), []);
  const verify = async (): Promise<void> => {
    cancel.current = new AbortController();
    run.value = { ...idle, isRunning: true };
    try {
      const response = await request('/v1/verification', {
        headers: { accept: 'application/x-ndjson' },
        signal: cancel.current.signal,
      });
      if (!response.ok) {
        run.value = { ...idle, problem: await problemIn(response) };
        return;
      }
      for await (const line of linesOf<VerificationLine>(response)) run.value = after(run.value, line);
      run.value = { ...run.value, isRunning: false };
    } catch {
      run.value = { ...idle, problem: unreachable };
    }
  };
  const { isRunning, progress, result, problem } = run.value;
  return (
    <section>
      <h2>{serviceTexts.verification}</h2>
      <p>
        <button type="button" disabled={isRunning} onClick={() => void verify()}>
          {isRunning ? serviceTexts.verifying : serviceTexts.verify}
        </button>{' '}
        {isRunning && progress !== null ? (
          <>
            <progress
              aria-label={serviceTexts.progress(progress.part)}
              value={Number(progress.position)}
              max={Math.max(1, Number(progress.of))}
            />{' '}
            <span class="quiet">{serviceTexts.progress(progress.part)}</span>
          </>
        ) : null}
      </p>
      <div role="status">
        {problem === null ? null : <ProblemNote problem={problem} at={null} />}
        {result === null ? null : <Result result={result} />}
      </div>
    </section>
  );
}

function after(run: Run, line: VerificationLine): Run {
  if ('progress' in line) return { ...run, progress: line.progress };
  if ('problem' in line) return { ...idle, problem: { ...unreachable, ...line.problem } };
  return { ...idle, result: line };
}

function Result({ result }: { readonly result: Verification }) {
  const { whole, broken, findings, faithful, views, events, streams, files, began } = result;
  return (
    <>
      <p>
        <Mark isGood={whole} /> {whole ? serviceTexts.whole : serviceTexts.broken}{' '}
        <span class="quiet">{serviceTexts.verified(events, streams)}</span> <Time at={began} />
      </p>
      {broken === null ? null : (
        <p class="note note-error">
          {serviceTexts.position(broken.position)}: {broken.problem}
        </p>
      )}
      {findings.map((finding, index) => (
        <p key={index} class="note note-error">
          {finding.problem}
        </p>
      ))}
      <p>
        <Mark isGood={faithful} /> {faithful ? serviceTexts.faithful : serviceTexts.unfaithful}{' '}
        {views.different.map(({ projection, pointer }) => `${projection}${pointer}`).join(', ')}
      </p>
      {files.damaged.length === 0 ? null : (
        <p>
          <Mark isGood={false} /> {serviceTexts.filesDamaged(files.damaged.length)}
        </p>
      )}
    </>
  );
}

function Mark({ isGood }: { readonly isGood: boolean }) {
  return (
    <span aria-hidden="true" class={isGood ? 'word-yes' : 'word-no'}>
      {isGood ? '✓' : '✕'}
    </span>
  );
}
