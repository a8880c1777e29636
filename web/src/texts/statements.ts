/** Texts of the list of statements and rules. */
export const statementTexts = {
  title: 'Statements and rules',
  hint: 'Every answer of Poolkeeper names what decides it. Here is all of it, in words.',
  search: 'Search in id and text',
  kinds: {
    statement: 'Statements of the document',
    inference: 'Inferred where the document is silent',
    rule: 'Rules that accept or refuse commands',
  },
} as const;
