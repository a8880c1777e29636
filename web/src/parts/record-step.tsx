/** Records a step from the page: first what it would do, then the command itself. */
import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { AnswerOf } from '../../../src/contract/answers.js';
import type { PreviewAnswer } from '../../../src/contract/preview.js';
import { command as send } from '../api/client.js';
import { changes } from '../api/feed.js';
import type { Problem } from '../api/problem.js';
import { may, session } from '../state/session.js';
import { preparationTexts as words } from '../texts/preparation.js';
import { stageNames } from '../texts.js';
import { Sentences } from './because.js';
import { blanksOf, filled } from './blanks.js';
import { ProblemNote } from './states.js';
import { TimeField } from './time-field.js';

interface Props {
  readonly command: string;
  /** What only the person who records it knows stands in it as `<what it is>` or `<one|another>`. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What stands in those places at first, by their pointers. */
  readonly first?: Readonly<Record<string, string>>;
}

type Progress =
  | { readonly is: 'idle' | 'asking' | 'recorded' }
  | { readonly is: 'previewed'; readonly preview: PreviewAnswer }
  | { readonly is: 'failed'; readonly problem: Problem };

export function RecordStep({ command, body, first = {} }: Props) {
  const progress = useSignal<Progress>({ is: 'idle' });
  const given = useSignal(first);

  const form = useRef<HTMLFormElement>(null);

  const blanks = blanksOf(body);
  const whole = filled(body, given.value);
  const isOpen = blanks.some(({ pointer }) => (given.value[pointer] ?? '') === '');

  const preview = async (): Promise<void> => {
    progress.value = { is: 'asking' };
    const asked = await send<PreviewAnswer>(command, whole, { preview: true });
    progress.value =
      'value' in asked ? { is: 'previewed', preview: asked.value } : { is: 'failed', problem: asked.problem };
  };
  const confirm = async (): Promise<void> => {
    progress.value = { is: 'asking' };
    const asked = await send<AnswerOf<'declare-outage'>>(command, whole);
    progress.value = 'value' in asked ? { is: 'recorded' } : { is: 'failed', problem: asked.problem };
    // The button that had the focus is gone: the step itself says that it is done.
    focusAfter(form.current, 'value' in asked ? 'summary' : 'button');
    changes.value += 1;
  };

  return (
    <form
      class="record"
      ref={form}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || progress.value.is !== 'previewed') return;
        event.preventDefault();
        progress.value = { is: 'idle' };
        focusAfter(form.current, 'button');
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void preview();
      }}
    >
      {blanks.map(({ pointer, name, inside }) => (
        <Blank
          key={pointer}
          name={name}
          inside={inside}
          value={given.value[pointer] ?? ''}
          onChange={(value) => {
            given.value = { ...given.value, [pointer]: value };
            progress.value = { is: 'idle' };
          }}
        />
      ))}
      <button type="submit" disabled={isOpen || progress.value.is === 'asking'}>
        {words.preview}
      </button>
      <div role="status">
        {progress.value.is === 'asking' ? words.asking : null}
        {progress.value.is === 'recorded' ? words.recorded : null}
        {progress.value.is === 'failed' ? <ProblemNote problem={progress.value.problem} at={null} /> : null}
        {progress.value.is === 'previewed' ? <Preview preview={progress.value.preview} /> : null}
      </div>
      {progress.value.is === 'previewed' && progress.value.preview.outcome === 'accepted' ? (
        <Confirm command={command} onConfirm={() => void confirm()} />
      ) : null}
    </form>
  );
}

/** To the button of the form, or to what opens and closes the part that the form is in. */
function focusAfter(form: HTMLFormElement | null, where: 'button' | 'summary'): void {
  const opener = form?.closest('details')?.querySelector<HTMLElement>('summary');
  const button = form?.querySelector<HTMLElement>('button');
  (where === 'summary' ? (opener ?? button) : button)?.focus();
}

interface ConfirmProps {
  readonly command: string;
  readonly onConfirm: () => void;
}

/** Whoever may only look sees what a command would do, and who may give it. */
export function Confirm({ command, onConfirm }: ConfirmProps) {
  const known = session.value;
  if (known !== null && !may(command)) return <p class="note">{words.mayNot(known.role)}</p>;
  return (
    <button type="button" class="confirm" onClick={onConfirm}>
      {words.confirm}
    </button>
  );
}

interface BlankProps {
  readonly name: string;
  readonly inside: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Blank({ name, inside, value, onChange }: BlankProps) {
  const named = inside.includes('|') ? inside.split('|') : [];
  const choices = named.filter((choice) => choice !== '...');
  const list = useId();
  if (name === 'occurredAt') return <TimeField label={inside} value={value} onChange={onChange} />;
  return (
    <label>
      <span>{choices.length === 0 ? inside : name}</span>
      {choices.length === 0 || choices.length < named.length ? (
        <>
          <input
            type="text"
            list={list}
            value={value}
            onInput={(event) => {
              onChange(event.currentTarget.value);
            }}
          />
          <datalist id={list}>
            {choices.map((choice) => (
              <option key={choice} value={choice} />
            ))}
          </datalist>
        </>
      ) : (
        <select
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
          }}
        >
          <option value="" />
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      )}
    </label>
  );
}

function Preview({ preview }: { readonly preview: PreviewAnswer }) {
  if (preview.outcome === 'refused')
    return (
      <div class="note">
        <p>
          <strong>{words.refused}:</strong> {preview.detail}
        </p>
        {preview.allowed === undefined || preview.allowed.length === 0 ? null : (
          <p>
            {words.instead}: {preview.allowed.join(', ')}
          </p>
        )}
      </div>
    );
  const { stage, visibility, editability, agentConsole, calls } = preview.effects;
  const lines = [
    ...(stage === undefined ? [] : [words.stageFrom(stage.pool, nameOf(stage.from), nameOf(stage.to))]),
    ...(calls.cutOff === 0 ? [] : [words.cutOff(calls.cutOff)]),
    ...(visibility.length === 0 ? [] : [words.seen(visibility.length)]),
    ...(editability.length === 0 ? [] : [words.changed(editability.length)]),
    ...(agentConsole.length === 0 ? [] : [words.consoles(agentConsole.length)]),
  ];
  return (
    <div class="note">
      <p>{words.accepted}</p>
      {lines.length === 0 ? <p>{words.noChange}</p> : null}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {preview.warnings.map(({ code, detail }) => (
        <p key={code}>{detail}</p>
      ))}
      {preview.because.length === 0 ? null : <Sentences ids={preview.because} />}
    </div>
  );
}

const nameOf = (stage: keyof typeof stageNames | null): string => (stage === null ? '–' : stageNames[stage]);
