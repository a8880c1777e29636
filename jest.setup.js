// Fastify looks for the file of every plugin that has no name among all modules, which takes jest as long as the rest of
// an application's start. A name that all functions have answers before it looks.
Object.defineProperty(Function.prototype, Symbol.for('fastify.display-name'), {
  value: 'plugin',
  writable: true,
});
