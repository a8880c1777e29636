/** Texts in HTML, and pages that hold all they need: no script, nothing from elsewhere. */
import { escaped, withoutHidden } from './hidden.js';

/** HTML that is finished: whatever text it was made of is escaped already. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template takes: texts, which it escapes, and HTML that is finished. */
export type Content = string | number | Markup | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Code points that are no characters: HTML does not allow them. */
const noncharacters = /\p{Noncharacter_Code_Point}/gu;

/** For the text of an element and for an attribute in quotes; line breaks stay. */
export const htmlText = (text: string): string =>
  withoutHidden(text, escaped, '\n')
    .replaceAll(noncharacters, escaped)
    .replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Whatever stands in the template is HTML, whatever is put into it is text: markup`<td>${name}</td>`. */
export const markup = (parts: TemplateStringsArray, ...contents: readonly Content[]): Markup =>
  new Markup(parts.reduce((whole, part, index) => whole + written(contents[index - 1] ?? '') + part));

function written(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(written).join('');
  return htmlText(String(content));
}

export interface Page {
  readonly title: string;
  /** CSS without `</`; a policy that allows it names its hash. */
  readonly style: string;
  readonly body: Markup;
}

/** A whole page in English. */
export const page = ({ title, style, body }: Page): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${htmlText(title)}</title>
<style>${style}</style>
</head>
<body>
${body.text}
</body>
</html>
`;
