import { type QueryKey, useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { newKey } from './new-key.ts';
import { NetworkError } from './problem.ts';
import { queryClient } from './query-client.ts';

interface WriteOptions<Input, Output> {
  /** Sends it. `headers` holds the Idempotency-Key, which routes without one do not mind. */
  write: (input: Input, headers: { 'Idempotency-Key': string }) => Promise<Output>;
  /** Whose answers may have changed by it. */
  invalidates: readonly QueryKey[];
  onSuccess?: (output: Output, input: Input) => void;
  onError?: (error: Error, input: Input) => void;
}

/**
 * A write of a form that is open. Its key is made with the form and kept until there is an answer, so that a double
 * click and a repetition after a lost answer do it once; what is sent after an answer is another write.
 */
export function useWrite<Input, Output>({ write, invalidates, onSuccess, onError }: WriteOptions<Input, Output>) {
  const key = useRef<string>(undefined);
  return useMutation<Output, Error, Input>({
    mutationFn: (input) => write(input, { 'Idempotency-Key': (key.current ??= newKey()) }),
    onSuccess: (output, input) => {
      key.current = undefined;
      for (const queryKey of invalidates) void queryClient.invalidateQueries({ queryKey });
      onSuccess?.(output, input);
    },
    onError: (error, input) => {
      if (!(error instanceof NetworkError)) key.current = undefined;
      onError?.(error, input);
    },
  });
}
