/** How a screen looks where there is nothing to show: designed, not left over. */
import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem.js';
import type { Shown } from '../state/view.js';
import { texts } from '../texts.js';
import { signInTexts } from '../texts/sign-in.js';
import { utcText } from './time.js';

const titleOf = ({ status, title }: Problem): string => {
  if (status === 0) return texts.away;
  if (status === 401) return texts.unproved;
  if (status === 403) return texts.forbidden;
  if (status === 404) return texts.unknown;
  return status === 503 ? texts.storeAway : title;
};

export function ProblemNote({ problem, at }: { readonly problem: Problem; readonly at: number | null }) {
  const { status, detail, errors, required } = problem;
  // What this service never does, it will not do later.
  const isPassing = status === 0 || (status >= 500 && status !== 501);
  return (
    <div class="note" role={isPassing ? 'status' : 'alert'}>
      <p>
        <strong>{titleOf(problem)}</strong> {detail}
      </p>
      {errors
        .filter((error) => !detail.includes(error.detail))
        .map((error) => (
          <p key={error.pointer}>{error.detail}</p>
        ))}
      {at === null ? null : (
        <p>
          {texts.awayNext} {utcText(new Date(at).toISOString())}.
        </p>
      )}
      {isPassing ? <p class="quiet">{texts.retrying}</p> : null}
      {required === null ? null : <p>{signInTexts.required(required.role)}</p>}
    </div>
  );
}

interface Props<Value> {
  readonly of: Shown<Value>;
  readonly children: (value: Value) => ComponentChildren;
}

/** What was shown stays, with its age, where the service is away. */
export function WhenShown<Value>({ of: { value, problem, at }, children }: Props<Value>) {
  const gone = problem !== null && problem.status > 0 && problem.status < 500;
  return (
    <>
      {problem === null ? null : <ProblemNote problem={problem} at={value === null ? null : at} />}
      {value === null || gone ? null : children(value)}
      {value === null && problem === null ? (
        <p class="quiet" role="status" data-loading>
          {texts.loading}
        </p>
      ) : null}
    </>
  );
}
