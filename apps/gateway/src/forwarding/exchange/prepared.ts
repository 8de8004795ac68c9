import type { ForwarderOptions } from '../options.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Exchange } from './exchange.ts';

/** Sends an exchange when the hook has let it pass, now or later; answers it where the hook refuses or breaks. */
export function whenPrepared(exchange: Exchange, prepare: NonNullable<ForwarderOptions['prepare']>): void {
  const proceed = (refusal: Refusal | undefined) => {
    if (exchange.phase !== 'preparing') return; // The client has gone meanwhile, or time is up.
    if (refusal) exchange.refuse(refusal);
    else exchange.send();
  };
  const stumble = (error: unknown) => {
    if (exchange.phase === 'preparing') exchange.fail(isRefusal(error) ? error : UNPREPARED, error);
  };
  try {
    const prepared = prepare(exchange);
    if (prepared instanceof Promise) prepared.then(proceed, stumble);
    else proceed(prepared);
  } catch (error) {
    stumble(error);
  }
}

const UNPREPARED: Refusal = {
  kind: 'internal',
  detail: 'The request could not be served. It is safe to try again later.',
  reason: 'unprepared',
};
