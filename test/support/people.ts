import { Clock } from '../../apps/api/src/access/clock.ts';
import { PasswordHasher } from '../../apps/api/src/access/secrets/password-hasher.ts';
import { UserRepository } from '../../apps/api/src/access/users/user.repository.ts';
import type { Role } from '#contracts';
import { Client, type TestResponse } from './client.ts';
import type { TestApi } from './api.ts';

export const PASSWORD = 'three mugs on a shelf';

/** Hashed once for the whole file: it takes a while. */
const passwords = new PasswordHasher();
const passwordHash = passwords.hash(PASSWORD).finally(() => passwords.onApplicationShutdown());

let people = 0;

/** A person who can sign in with `PASSWORD`. */
export async function createPerson(api: TestApi, role: Role = 'operator'): Promise<{ id: string; email: string }> {
  const email = `Person-${++people}@Example.com`;
  const account = { email, name: `Person ${people}`, role, passwordHash: await passwordHash };
  const id = await api.database.transaction((tx) => new UserRepository(api.database).insert(tx, account));
  return { id, email };
}

export const signIn = (api: TestApi, email: string, password = PASSWORD): Promise<TestResponse> =>
  api.anonymous.post('/sessions', { email, password });

/** A person who has just signed in. */
export async function createSignedInPerson(api: TestApi, role: Role = 'operator') {
  const person = await createPerson(api, role);
  const { body } = await signIn(api, person.email);
  return { ...person, body, client: new Client(api.url, body.accessToken as string) };
}

/** Sets the clock of a task; without `at`, it goes by itself again. */
export function setClock(api: TestApi, at?: number): void {
  const clock = api.app.get(Clock);
  clock.now = at === undefined ? () => Date.now() : () => at;
}
