/** Runs something later; what it answers calls that off. A port, so that tests decide when later is. */
export type Schedule = (milliseconds: number, run: () => void) => () => void;

export const bySystemClock: Schedule = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};
