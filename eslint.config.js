import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'apps/mcp/src/inputs.ts',
      'libs/client/src/openapi.ts',
      '**/dist/',
      'coverage/',
      'node_modules/',
      '.stockroom/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // What a command prints is its purpose.
    files: ['tools/**/*.ts', 'bench/**/*.ts', 'apps/*/src/main.ts', 'apps/*/src/commands/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // JSON from outside is `any` until it was read: a response in a test, the AWS API's messages in the rehearsal.
    files: ['infra/rehearsal/**/*.ts', '**/*.spec.ts', '**/test/**/*.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    // What Terraform is given and what Docker says of an image have many more properties than one test is about.
    files: ['{apps,libs,test,tools}/**/*.ts'],
    ignores: ['test/containers/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[property.name='toMatchObject']",
          message: 'State the whole with toEqual, problem(), response() or page(); name a part with pick().',
        },
      ],
    },
  },
  { files: ['**/*.js', '**/*.cjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
);
