/** Runs something later; the function it returns cancels that. A port, so that tests control the time. */
export type Schedule = (milliseconds: number, run: () => void) => () => void;

export const bySystemClock: Schedule = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};
