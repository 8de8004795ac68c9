/** The database, and the role that owns its schema and runs the migrations. */
export const NAME = 'stockroom';
/** The role of the API: the migrate command makes it, and gives it its rights. */
export const APPLICATION_ROLE = 'stockroom_app';
export const PORT = 5432;

/** The password is letters and digits, so nothing of it needs encoding. */
export const databaseUrl = (role: string, password: string, host: string): string =>
  `postgres://${role}:${password}@${host}:${PORT}/${NAME}`;
