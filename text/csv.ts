/** Texts in CSV that somebody opens in a spreadsheet, with `,` or, as in Germany, with `;` between the cells. */

/** A row as in RFC 4180, with its line break. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(cellOf).join()}\r\n`;

/**
 * Spreadsheets run what begins like a formula, and anybody may have typed a text. An apostrophe in front makes them show
 * it. A spreadsheet that separates by `;` or tabs begins a cell within ours, whatever quotes there are, and a row after a
 * line break; so the apostrophe stands there too.
 */
const beginsFormula = /(?<=^|[;\t\r\n])(?=["\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/.source;
const beginsBlank = /(?<=^|;)(?="*[\t\r\n])|(?<=[\r\n])(?="*\t)|(?<=\n)(?="*\r)/.source;
const dangerous = new RegExp(`${beginsFormula}|${beginsBlank}`, 'g');

function cellOf(text: string): string {
  const harmless = text.replaceAll(dangerous, "'");
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A value as JSON, in which `;` begins no cell: it is written as an escape, so that the value stays the same. */
export const jsonCell = (value: unknown): string => JSON.stringify(value).replaceAll(';', String.raw`\u003B`);
