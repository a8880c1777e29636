/** A row as in RFC 4180, with its line break. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(cellOf).join()}\r\n`;

/**
 * Spreadsheets run a cell that begins like a formula, and anybody may have typed what the trail holds. An apostrophe in
 * front makes them show it as text.
 */
const beginsFormula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

function cellOf(text: string): string {
  const harmless = beginsFormula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
