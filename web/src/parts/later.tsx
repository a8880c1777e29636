/** A screen that is loaded when it is first shown, so that the first one is there sooner. */
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { texts } from '../texts.js';

/** @param load gives the screen; a failure is shown, with a way to try again */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => ReturnType<typeof Waiting> {
  let loaded: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const state = useSignal<'waiting' | 'there' | 'failed'>(loaded === null ? 'waiting' : 'there');
    useEffect(() => {
      if (state.peek() === 'there') return;
      load().then(
        (screen) => {
          loaded = screen;
          state.value = 'there';
        },
        () => {
          state.value = 'failed';
        },
      );
    }, []);
    const Screen = loaded;
    if (state.value === 'there' && Screen !== null) return <Screen {...props} />;
    return <Waiting hasFailed={state.value === 'failed'} />;
  };
}

function Waiting({ hasFailed }: { readonly hasFailed: boolean }) {
  if (!hasFailed)
    return (
      <p class="quiet" role="status" data-loading>
        {texts.loading}
      </p>
    );
  return (
    <div class="note" role="alert">
      <p>{texts.away}</p>
      <p>
        <button type="button" onClick={() => location.reload()}>
          {texts.loadAgain}
        </button>
      </p>
    </div>
  );
}
