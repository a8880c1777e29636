/** The record beside what had gone otherwise: stages, calls cut off, saved and lost. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AnswerOf } from '../../../../src/contract/answers.js';
import { post, type Asked } from '../../api/client.js';
import type { Course } from '../../incident/course.js';
import { bodyOf, editsIn, textOfEdits, type Edit } from '../../incident/what-if.js';
import { pathOfPool } from '../path-of-pool.js';
import { go, query, withQuery } from '../../state/address.js';
import { whatIfTexts } from '../../texts/what-if.js';
import { ProblemNote } from '../states.js';
import { Table } from '../table.js';
import { Histories } from './histories.js';
import { CopiesOverTime } from './what-if-copies.js';
import { WhatIfForm } from './what-if-form.js';

type Answer = AnswerOf<'what-if'>;

export function WhatIf({ course }: { readonly course: Course }) {
  const asked = useSignal<Asked<Answer> | null>(null);
  const text = query.value.get('if');
  const edits = editsIn(text);
  const { pool } = course.incident;
  useEffect(() => {
    asked.value = null;
    if (edits.length === 0) return;
    const cancel = new AbortController();
    void post<Answer>(`/v1${pathOfPool(pool)}/what-if`, bodyOf(course, edits), cancel.signal).then(
      (answer) => {
        if (!cancel.signal.aborted) asked.value = answer;
      },
    );
    return () => cancel.abort();
  }, [pool, text]);
  const show = (shown: readonly Edit[]): void => {
    go(withQuery({ if: textOfEdits(shown) }), { replace: true });
  };
  const answer = asked.value;
  return (
    <section>
      <h2>{whatIfTexts.title}</h2>
      <p class="quiet">{whatIfTexts.hint}</p>
      <WhatIfForm course={course} edits={edits} onChange={show} />
      <div role="status">
        {edits.length > 0 && answer === null ? <p data-loading>{whatIfTexts.working}</p> : null}
        {answer !== null && 'problem' in answer ? <ProblemNote problem={answer.problem} at={null} /> : null}
      </div>
      {answer !== null && 'value' in answer ? (
        <Compared answer={answer.value} names={edits.map((edit) => nameOf(edit, course))} />
      ) : null}
    </section>
  );
}

function nameOf({ event, minutes }: Edit, { timeline }: Course): string {
  const summary = timeline.marks.find(({ id }) => id === event)?.text ?? event;
  return minutes === null ? whatIfTexts.dropped(summary) : whatIfTexts.moved(minutes, summary);
}

/** How many callers waited for nobody, and of how many the record cannot tell. */
const nobodyIn = ({ waitedForNobody: { calls, unknown } }: Answer['recorded']): string =>
  unknown.calls === 0 ? String(calls) : `${calls}, ${whatIfTexts.perhaps(unknown.calls)}`;

function Compared({ answer, names }: { readonly answer: Answer; readonly names: readonly string[] }) {
  const { recorded, alternatives } = answer;
  const named = alternatives.map((one, index) => ({ ...one, name: names[index] ?? one.name }));
  return (
    <>
      <Histories
        from={Date.parse(answer.from)}
        to={Date.parse(answer.to)}
        histories={[{ name: whatIfTexts.recorded, outcome: recorded }, ...named]}
      />
      <Table
        caption={whatIfTexts.title}
        columns={[
          whatIfTexts.history,
          whatIfTexts.cutOff,
          whatIfTexts.saved,
          whatIfTexts.lost,
          whatIfTexts.reached,
          whatIfTexts.undetermined,
          whatIfTexts.nobody,
          whatIfTexts.refused,
        ]}
        rows={[
          {
            key: 'recorded',
            cells: [whatIfTexts.recorded, recorded.cutOff, '', '', '', '', nobodyIn(recorded), ''],
          },
          ...named.map(({ name, outcome, saved, lost, refused }) => ({
            key: name,
            cells: [
              <bdi key="name">{name}</bdi>,
              outcome.cutOff,
              saved,
              lost,
              outcome.reachedBackup,
              outcome.undetermined,
              nobodyIn(outcome),
              refused.map(({ detail }) => detail).join(' ') || whatIfTexts.none,
            ],
          })),
        ]}
      />
      {named.map((one) => (
        <CopiesOverTime key={one.name} alternative={one} />
      ))}
    </>
  );
}
