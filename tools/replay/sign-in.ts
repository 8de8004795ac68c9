import { createStockroomClient, type StockroomClient } from '#client';

export interface Credentials {
  apiKey?: string | undefined;
  email?: string | undefined;
  password?: string | undefined;
}

/** A client that waits for an API that is unreachable for some minutes. An access token that has ended is renewed. */
export function signedIn(url: string, { apiKey, email = '', password = '' }: Credentials): StockroomClient {
  const options = { url, maxAttempts: 15 };
  const signIn = async () => {
    const { data } = await createStockroomClient(options).POST('/api/v1/sessions', { body: { email, password } });
    return data.accessToken;
  };
  return createStockroomClient({ ...options, token: apiKey ?? signIn });
}
