/** Whether a name holds what somebody looks for, in any case; anything does where nothing is looked for. */
export const holdsText = (name: string, wanted: string | undefined): boolean =>
  wanted === undefined || name.toLowerCase().includes(wanted.toLowerCase());
