import { request } from 'node:http';

const SOCKET = process.env.DOCKER_HOST?.replace(/^unix:\/\//, '') ?? '/var/run/docker.sock';

export class DockerError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** One call of the Docker Engine API (v1.41, which every supported engine has). @throws DockerError */
export async function docker<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
  const { status, text } = await exchange(method, `/v1.41${path}`, body);
  if (status >= 400) throw new DockerError(status, messageOf(text));
  return parse(text) as T;
}

/**
 * A container's output, both streams in order.
 * @param after the time of the last line that is known, such as `2026-01-02T03:04:05.123456789Z`
 * @returns lines that begin with their time
 */
export async function containerLogs(id: string, after = ''): Promise<string[]> {
  const since = after && `${Date.parse(after.slice(0, 19) + 'Z') / 1000}.${after.slice(20, 29)}`;
  const query = `stdout=true&stderr=true&timestamps=true&since=${since}`;
  const { status, bytes } = await exchange('GET', `/v1.41/containers/${id}/logs?${query}`);
  const lines = status === 200 ? demultiplex(bytes).split('\n').filter(Boolean) : [];
  return lines.filter((line) => line.split(' ', 1)[0]! > after);
}

/** Frames of the attach protocol: one byte of stream, three of zero, four of length, then the payload. */
function demultiplex(bytes: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at + 4);
    parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(parts).toString('utf8');
}

function exchange(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; text: string; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const outgoing = request({ socketPath: SOCKET, method, path, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: incoming.statusCode!, text: bytes.toString('utf8'), bytes });
      });
    });
    outgoing.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const messageOf = (text: string): string => (parse(text) as { message?: string }).message ?? text;
