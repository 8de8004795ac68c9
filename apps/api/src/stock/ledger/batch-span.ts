import { contextOf, inSpan } from '#service';
import type { QueuedWrite } from './queued-write.ts';

/**
 * Works on a batch in a span that is linked with the spans of all its requests. It is part of the trace of the first that is
 * recorded, so that it is recorded where one of them is.
 */
export function inBatchSpan<T>(name: string, batch: QueuedWrite[], write: () => Promise<T>): Promise<T> {
  const links = batch.flatMap(({ span }) => span ?? []);
  if (links.length === 0) return write();
  const parent = contextOf(links.find((span) => span.isRecording()) ?? links[0]);
  return inSpan(name, { parent, links, attributes: { 'stockroom.batch.size': batch.length } }, write);
}
