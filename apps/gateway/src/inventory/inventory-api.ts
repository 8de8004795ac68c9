import type { Agent } from 'node:http';
import { HttpService } from '@nestjs/axios';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type AxiosRequestConfig, type AxiosResponse, isAxiosError } from 'axios';
import { firstValueFrom } from 'rxjs';
import type { CurrentSession, NewSession, Session, SignIn } from '#contracts';
import { paths } from '#runtime';
import { activeSpan, inSpan, Problem, traceHeaders } from '#service';
import { problemOfResponse } from './problem-of-response.ts';

/** For a call that a browser waits for, in milliseconds. A sign-in may wait in the queue for password hashing. */
const CALL_TIMEOUT_MS = 10_000;
/** For the readiness check of the API, in milliseconds. */
const READY_TIMEOUT_MS = 1_500;

/** Header fields that identify the client on whose behalf the gateway calls the API. */
export type ClientHeaders = Record<string, string>;

/** The gateway's own calls to the API. What is only forwarded does not come this way. */
@Injectable()
export class InventoryApi implements OnApplicationShutdown {
  constructor(private readonly http: HttpService) {}

  /** @throws Problem as the API says, or `unavailable` */
  signIn(body: SignIn, headers: ClientHeaders): Promise<NewSession> {
    return this.call({ method: 'POST', url: `${paths.api}/sessions`, data: body, headers });
  }

  /** @throws Problem `unauthenticated` where the session is over, or `unavailable` */
  refresh(refreshToken: string, headers: ClientHeaders): Promise<Session> {
    return this.call({ method: 'POST', url: `${paths.api}/sessions/refresh`, data: { refreshToken }, headers });
  }

  /** @throws Problem `unauthenticated` where the session is over, or `unavailable` */
  currentSession(accessToken: string, headers: ClientHeaders): Promise<CurrentSession> {
    return this.call({ method: 'GET', url: `${paths.api}/sessions/current`, headers: bearer(accessToken, headers) });
  }

  /** @throws Problem `unauthenticated` where the session is over, or `unavailable` */
  async signOut(accessToken: string, headers: ClientHeaders): Promise<void> {
    await this.call({ method: 'DELETE', url: `${paths.api}/sessions/current`, headers: bearer(accessToken, headers) });
  }

  /** @throws Problem `unavailable` where the API is unreachable or draining */
  async ready(): Promise<void> {
    await this.call({ method: 'GET', url: paths.ready, signal: AbortSignal.timeout(READY_TIMEOUT_MS) });
  }

  onApplicationShutdown(): void {
    const { httpAgent, httpsAgent } = this.http.axiosRef.defaults as Record<'httpAgent' | 'httpsAgent', Agent>;
    for (const agent of [httpAgent, httpsAgent]) agent.destroy();
  }

  private async call<T>(request: AxiosRequestConfig): Promise<T> {
    const { status, headers, data } = await this.traced<T>({
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      ...request,
    });
    if (status < 300) return data;
    throw problemOfResponse(status, headers, data);
  }

  /** Sends it as a part of the request that needs it. A health check is part of none. */
  private traced<T>(request: AxiosRequestConfig): Promise<AxiosResponse<T>> {
    if (!activeSpan()) return this.send<T>(request);
    const { method = 'GET', url = '' } = request;
    const attributes = { 'http.request.method': method, 'url.path': url };
    return inSpan(method, { kind: 'client', attributes }, async (span) => {
      const response = await this.send<T>({ ...request, headers: { ...request.headers, ...traceHeaders(span!) } });
      span!.setAttribute('http.response.status_code', response.status);
      return response;
    });
  }

  private async send<T>(request: AxiosRequestConfig): Promise<AxiosResponse<T>> {
    try {
      return await firstValueFrom(this.http.request<T>(request));
    } catch (error) {
      // An AxiosError holds the whole request, tokens and password included: only its code and message are kept.
      const cause = isAxiosError(error) ? new Error(`${error.code}: ${error.message}`) : error;
      throw new Problem('unavailable', 'The inventory API is unavailable. Retry after a second.', {
        headers: { 'retry-after': '1' },
        cause,
      });
    }
  }
}

const bearer = (accessToken: string, headers: ClientHeaders): ClientHeaders => ({
  ...headers,
  authorization: `Bearer ${accessToken}`,
});
