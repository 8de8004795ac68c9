export { type ClientOptions, createStockroomClient, type Schema, type StockroomClient } from './client.ts';
export type { EventOptions, FeedEvent } from './events.ts';
export type { components, paths } from './openapi.ts';
export { ApiProblem, type ProblemBody, problemFrom, readProblem } from './problem.ts';
export type { RetryOptions } from './retry.ts';
export type { Token } from './sender.ts';
