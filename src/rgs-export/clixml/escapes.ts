/** PowerShell writes a character that XML cannot hold as `_x000A_`, and an underscore that could be mistaken for one as `_x005F_`. */
const escape = /_x([0-9a-f]{4})_/gi;

export const unescaped = (text: string): string =>
  text.includes('_x') || text.includes('_X')
    ? text.replace(escape, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
