/** A file of the service to keep. With a key it is asked for by the page, as a link sends none. */
import { useSignal } from '@preact/signals';
import { problemIn, unreachable, type Problem } from '../api/problem.js';
import { key, request } from '../api/request.js';
import { texts } from '../texts.js';
import { ProblemNote } from './states.js';

interface Props {
  readonly path: string;
  readonly fileName: string;
  readonly label: string;
}

export function Download({ path, fileName, label }: Props) {
  const isAsking = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const save = async (): Promise<void> => {
    isAsking.value = true;
    problem.value = null;
    try {
      const response = await request(path);
      if (response.ok) keep(await response.blob(), fileName);
      else problem.value = await problemIn(response);
    } catch {
      problem.value = unreachable;
    }
    isAsking.value = false;
  };
  return (
    <>
      <a
        class="button"
        href={path}
        download={fileName}
        aria-busy={isAsking.value}
        onClick={(event) => {
          if (key.value === null) return;
          event.preventDefault();
          if (!isAsking.value) void save();
        }}
      >
        {isAsking.value ? texts.loading : label}
      </a>
      {problem.value === null ? null : <ProblemNote problem={problem.value} at={null} />}
    </>
  );
}

function keep(blob: Blob, fileName: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
