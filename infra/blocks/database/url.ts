/** The database, and the role that owns its schema and runs the migrations. */
export const NAME = 'stockroom';
/**
 * The role of the API: the migrate command creates it, and grants it its rights. Two of them take turns, so that tasks with
 * the previous password work until the last of them is replaced.
 */
export const applicationRole = (passwordVersion = 1): string =>
  passwordVersion % 2 === 1 ? 'stockroom_app' : 'stockroom_app_b';
export const PORT = 5432;

/** The password is letters and digits, so nothing of it needs encoding. */
export const databaseUrl = (role: string, password: string, host: string): string =>
  `postgres://${role}:${password}@${host}:${PORT}/${NAME}`;
