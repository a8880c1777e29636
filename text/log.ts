/** A line of the log: JSON in which nothing is obeyed by the terminal that shows it, or hidden by it. */
import { json } from './json.js';

export const logLine = (line: string): string => json.readable(line);
