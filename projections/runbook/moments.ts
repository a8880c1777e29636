/** The moments of a cmdlet that runs for long: recorded before it and after it, the times on record are those that were. */
export const beforeEnter = 'Before the cmdlet is started, so that the time on record is right.';
export const unlessStarted = 'Unless it was started already.';
export const onceItHasEnded = 'Once the cmdlet has ended without an error.';
