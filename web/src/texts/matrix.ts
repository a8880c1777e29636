/** Texts of the document's tables. */
export const matrixTexts = {
  about: 'What it is about',
  nothing: 'none now',
  objects: (row: string, count: number) =>
    row === 'agent-console'
      ? count === 1
        ? '1 agent group'
        : `${count.toLocaleString()} agent groups`
      : count === 1
        ? '1 object'
        : `${count.toLocaleString()} objects`,
  agents: (count: number) => (count === 1 ? '1 agent' : `${count.toLocaleString()} agents`),
  anonymous: 'anonymous',
  regular: 'regular',
  imported: 'imported',
  notImported: 'not imported',
  ownerships: { primary: 'own', backup: "partner's own", imported: 'imported by the partner' },
  databases: { available: 'database up', unavailable: 'database down', unknown: 'database not known' },
  here: 'Here',
  before: 'Before',
  hidden: 'hidden everywhere',
  depends: 'depends',
  edit: 'view, edit',
  view: 'view',
  notShown: 'not shown',
  signIn: 'shown, sign-in',
  noSignIn: 'shown, no sign-in',
  cutOff: 'cut off',
  connectTo: { primary: 'connect to the pool', backup: 'connect to the backup pool' },
  outcomes: {
    'remain-connected': 'go on',
    disconnected: 'cut off',
    'none-in-this-status': 'there are none',
    disabled: 'disabled',
    fail: 'fail',
    succeed: 'succeed',
  },
} as const;
