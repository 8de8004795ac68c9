/** How TypeScript becomes JavaScript: the same for the tests and for what is built. */
export const jsc = {
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  target: 'es2024',
};
