import { getGlobalDispatcher } from 'undici';
import type { MeasuredApi, Measurement } from './measured-api.ts';

/** The faults that these tests are for held the main thread for 10 s; a mebibyte of JSON costs well below 0.1 s. */
const LONGEST_PAUSE_MS = 1_000;
/** The heap's limit is 160 MiB; beside it are buffers, code and the young generation. */
const MEMORY_MIB = 450;
const LARGEST_PROBLEM_BYTES = 64 * 1024;
const MAX_ERRORS = 20;

export interface HostileRequest {
  method: string;
  path: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
}

export interface HostileResponse {
  status: number;
  type: string;
  text: string;
}

export async function send(
  url: string,
  { method, path, headers, body }: HostileRequest,
  token?: string,
): Promise<HostileResponse> {
  // Not undici's `request`, which would normalize the path.
  const response = await getGlobalDispatcher().request({
    origin: url,
    path,
    method,
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    ...(body !== undefined && { body }),
  });
  return {
    status: response.statusCode,
    type: String(response.headers['content-type']),
    text: await response.body.text(),
  };
}

/** The pause of a busy machine comes without work. */
export const isTooLong = ({ longestPauseMs, workMs }: Measurement): boolean =>
  Math.min(longestPauseMs, workMs) > LONGEST_PAUSE_MS;

const NO_COST: Measurement = { longestPauseMs: 0, workMs: 0, memoryMiB: 0 };

/** Sends requests to a measured API and collects what is wrong with its responses. */
export class FaultFinder {
  readonly faults: object[] = [];
  readonly statuses = new Map<number, number>();
  private worst: Measurement & { request: string } = { longestPauseMs: 0, workMs: 0, memoryMiB: 0, request: 'none' };

  constructor(
    private readonly api: MeasuredApi,
    /** Statuses that a hostile request may get. */
    private readonly expected: readonly number[],
    /** After how many requests their cost is measured. Default: after each. */
    private readonly measureEvery = 1,
  ) {}

  /** @param name what is hostile about the request */
  async try(name: string, given: HostileRequest, token?: string, expected = this.expected): Promise<HostileResponse> {
    const response = await send(this.api.url, given, token);
    const isMeasured = this.count % this.measureEvery === 0;
    this.check(name, given, response, expected, isMeasured ? await this.api.measure() : NO_COST);
    return response;
  }

  get count(): number {
    return [...this.statuses.values()].reduce((sum, n) => sum + n, 0);
  }

  /** One line on what the worst request cost. */
  get summary(): string {
    const { longestPauseMs, workMs, memoryMiB, request: what } = this.worst;
    const statuses = JSON.stringify(Object.fromEntries(this.statuses));
    return `hostile: ${this.count} requests ${statuses}; longest pause ${longestPauseMs} ms, work ${workMs} ms (${what}); memory up to ${memoryMiB} MiB\n`;
  }

  private check(
    name: string,
    { method, path }: HostileRequest,
    response: HostileResponse,
    expected: readonly number[],
    cost: Measurement,
  ): void {
    const { status, type, text } = response;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    const where = `${method} ${path.slice(0, 80)}: ${name}`;
    const memoryMiB = Math.max(cost.memoryMiB, this.worst.memoryMiB);
    this.worst =
      cost.workMs > this.worst.workMs ? { ...cost, memoryMiB, request: where } : { ...this.worst, memoryMiB };
    const errors = type.startsWith('application/problem+json')
      ? (JSON.parse(text) as { errors?: unknown[] }).errors
      : undefined;
    const fault = {
      ...(!expected.includes(status) && { status, text: text.slice(0, 300) }),
      ...(status >= 400 && !type.startsWith('application/problem+json') && { type }),
      ...(isTooLong(cost) && cost),
      ...(cost.memoryMiB > MEMORY_MIB && { memoryMiB: cost.memoryMiB }),
      ...(status >= 400 && text.length > LARGEST_PROBLEM_BYTES && { bytes: text.length }),
      ...(errors && errors.length > MAX_ERRORS && { errors: errors.length }),
    };
    if (Object.keys(fault).length > 0) this.faults.push({ where, ...fault });
  }
}
