/**
 * A pattern of AWS's policies and listener rules as a regular expression: `*` is any text, `?` any character.
 * @returns its source, for the whole of a text
 */
export const regexOf = (pattern: string): string =>
  `^${pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')}$`;
