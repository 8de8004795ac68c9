import type { JsonSchemaType } from '@modelcontextprotocol/server';
import type { StockroomClient } from '../../../libs/client/src/index.ts';

/** How many rows a result has at most: a language model reads all of it. */
export const MAX_ROWS = 50;

/** What a tool calls the API with. */
export interface Call {
  api: StockroomClient;
  /** Ends with the tool's call. */
  signal: AbortSignal;
  /** Of a write. */
  header: { 'Idempotency-Key': string };
  /** Whether that key was an argument: the call may repeat one before. */
  isKeyGiven: boolean;
}

export interface Tool {
  name: string;
  /** For the language model: when to use it, and what it gives. */
  description: string;
  /** What `run` gets was checked against it. */
  input: JsonSchemaType;
  /** @returns what becomes the result's JSON */
  run: (call: Call, input: never) => Promise<object>;
}
