import { type QueryKey, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey } from './new-key.ts';
import { NetworkError } from './problem.ts';
import { queryClient } from './query-client.ts';

/** The key of a write that has got no response. */
interface KeyHolder {
  idempotencyKey?: string | undefined;
}

interface WriteOptions<Input, Output> {
  /** Sends it. `headers` holds the Idempotency-Key, which routes without one do not mind. */
  write: (input: Input, headers: { 'Idempotency-Key': string }) => Promise<Output>;
  /** Queries whose results it may have changed. */
  invalidates: readonly QueryKey[];
  /** Keeps the key longer than the form is open. */
  draft?: KeyHolder;
  onSuccess?: (output: Output, input: Input) => void;
  onError?: (error: Error, input: Input) => void;
}

/**
 * A write of a form that is open. Its key is made with the form and kept until there is a response, so that a double
 * click and a repetition after a lost response do it once; what is sent after a response is another write.
 */
export function useWrite<Input, Output>({
  write,
  invalidates,
  draft,
  onSuccess,
  onError,
}: WriteOptions<Input, Output>) {
  const [own] = useState<KeyHolder>({});
  const holder = draft ?? own;
  return useMutation<Output, Error, Input>({
    mutationFn: (input) => write(input, { 'Idempotency-Key': (holder.idempotencyKey ??= newKey()) }),
    onSuccess: (output, input) => {
      holder.idempotencyKey = undefined;
      for (const queryKey of invalidates) void queryClient.invalidateQueries({ queryKey });
      onSuccess?.(output, input);
    },
    onError: (error, input) => {
      if (!(error instanceof NetworkError)) holder.idempotencyKey = undefined;
      onError?.(error, input);
    },
  });
}
