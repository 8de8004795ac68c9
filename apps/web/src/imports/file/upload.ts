import type { Schema } from '../../api/client.ts';
import { NetworkError, readProblem } from '../../api/problem.ts';
import { reportReachable, isUnavailable } from '../../api/reachability.ts';
import { waitForSignIn } from '../../session/expiry.ts';

interface UploadOptions {
  headers: Record<string, string>;
  /** @param sent bytes */
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

/**
 * Sends a file as it lies on the disk. With XMLHttpRequest, because fetch does not say how much it has sent.
 * @throws ApiProblem, NetworkError, and DOMException `AbortError` where the signal says so
 */
export async function uploadCsv(file: File, options: UploadOptions): Promise<Schema['Import']> {
  const response = await exchange(file, options);
  if (response.status === 401) {
    await waitForSignIn();
    return uploadCsv(file, options);
  }
  reportReachable(!isUnavailable(response));
  if (isUnavailable(response)) throw new NetworkError(`status ${response.status}`);
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as Schema['Import'];
}

function exchange(file: File, { headers, onProgress, signal }: UploadOptions): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const request = new XMLHttpRequest();
  const abort = () => request.abort();
  // Nothing is booked before the person has seen how the file was read.
  request.open('POST', `/api/v1/imports?${new URLSearchParams({ dryRun: 'true', fileName: nameOf(file) }).toString()}`);
  for (const [name, value] of Object.entries({ ...headers, 'Content-Type': 'text/csv' }))
    request.setRequestHeader(name, value);
  request.upload.onprogress = ({ loaded }) => onProgress(loaded);
  request.onload = () => resolve(responseOf(request));
  request.onerror = () => reject(new NetworkError('no response'));
  request.onabort = () => reject(new DOMException('The file is no longer sent.', 'AbortError'));
  request.onloadend = () => signal.removeEventListener('abort', abort);
  signal.addEventListener('abort', abort);
  request.send(file);
  return promise;
}

function responseOf(request: XMLHttpRequest): Response {
  const names = ['content-type', 'retry-after', 'x-request-id'];
  const headers = names.flatMap((name): [string, string][] => {
    const value = request.getResponseHeader(name);
    return value === null ? [] : [[name, value]];
  });
  return new Response(request.responseText, { status: request.status, statusText: request.statusText, headers });
}

/** As the API takes a name: trimmed, without control characters, of up to 200 characters. */
const nameOf = ({ name }: File): string =>
  name
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(-200)
    .trim() || 'file.csv';
