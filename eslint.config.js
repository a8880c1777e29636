import tseslint from 'typescript-eslint';

// What is there before anything is built is JavaScript, with its types in comments.
const files = ['**/*.ts', '**/*.tsx', 'bin/**/*.js'];

export default tseslint.config(
  { ignores: ['dist/', '.tools/', 'node_modules/', 'data/', 'coverage/'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files })),
  {
    files,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Numbers, booleans and positions of the log read the same in a text as anywhere.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allow: [{ name: ['bigint'], from: 'lib' }] },
      ],
      // Marked to stand out: an identity provider on this machine, and no other, is asked without TLS.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ name: ['allowInsecureRequests'], from: 'package', package: 'openid-client' }] },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // An async function turns what it throws into a rejection, as its interface promises; it need not wait for anything.
      '@typescript-eslint/require-await': 'off',
      // `Promise.withResolvers<void>()` has no other way to say that nothing is delivered.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Modules and DTOs of Nest are classes that hold decorators and nothing else.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Nest takes its options as plain objects, and names classes as their types.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-console': 'error',
    },
  },
  // Tests put another method in the place of a store's, and put the first one back.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  { files: ['src/cli/**', 'bench/**', 'examples/**'], rules: { 'no-console': 'off' } },
);
