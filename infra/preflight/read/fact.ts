import { isAwsError } from '../../deploy/aws/clients.ts';
import type { Fact } from '../facts.ts';

/**
 * Runs a reading call.
 * @param missing the error codes that say that the thing does not exist
 * @returns `missing` also where the call returns undefined
 */
export async function readFact<T>(read: () => Promise<T | undefined>, ...missing: string[]): Promise<Fact<T>> {
  try {
    const value = await read();
    return value === undefined ? { missing: true } : { value };
  } catch (error) {
    if (isAwsError(error, ...missing)) return { missing: true };
    const { name, message } = error as Error;
    return { unreadable: `${name}: ${message.split('\n')[0]}` };
  }
}
