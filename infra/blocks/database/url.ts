/** The role and the database that Stockroom calls its own. */
export const NAME = 'stockroom';
export const PORT = 5432;

/** The password is letters and digits, so nothing of it needs encoding. */
export const databaseUrl = (password: string, host: string): string =>
  `postgres://${NAME}:${password}@${host}:${PORT}/${NAME}`;
