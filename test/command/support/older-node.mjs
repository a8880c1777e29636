/** Imitates a Node that is too old: `node --import` of this file says that it is another one. */
Object.defineProperty(process.versions, 'node', { value: '20.20.2' });
