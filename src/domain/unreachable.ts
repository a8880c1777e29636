/** For the default of a switch that covers every command: the compiler rejects the call once one is missing. */
export function unreachable(command: never): never {
  throw new Error(`There is no such command: ${JSON.stringify(command)}.`);
}
