import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import type { Environment } from '../../environments/environment.ts';
import { stateKey } from '../../environments/names.ts';
import { type StackName, stacksOf } from '../steps/stack.ts';
import { type Aws, isAwsError } from './clients.ts';

/** Terraform's lock of a state in S3: a file beside it, which stays where Terraform was killed. */
export interface StateLock {
  stack: StackName;
  id: string;
  who: string;
  /** ISO 8601. */
  since: string;
  /** Such as `apply`. */
  operation: string;
}

/** A state in a file is locked by the running process alone, so there is nothing to remove. */
export async function readStateLocks({ s3 }: Aws, environment: Environment): Promise<StateLock[]> {
  const { stateBucket: Bucket } = environment;
  if (!Bucket) return [];
  const locks = stacksOf(environment).map(async (stack): Promise<StateLock[]> => {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: lockKey(environment, stack) }));
      const { ID, Who, Created, Operation } = JSON.parse(await Body!.transformToString()) as Record<string, string>;
      const operation = (Operation ?? '').replace('OperationType', '').toLowerCase();
      return [{ stack, id: ID ?? '', who: Who ?? 'unknown', since: Created ?? 'unknown', operation }];
    } catch (error) {
      if (isAwsError(error, 'NoSuchKey', 'NoSuchBucket', 'NotFound')) return [];
      throw error;
    }
  });
  return (await Promise.all(locks)).flat();
}

export async function removeStateLock({ s3 }: Aws, environment: Environment, { stack }: StateLock): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: environment.stateBucket, Key: lockKey(environment, stack) }));
}

const lockKey = (environment: Environment, stack: StackName): string => `${stateKey(environment, stack)}.tflock`;
