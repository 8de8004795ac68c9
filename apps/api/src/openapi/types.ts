import type { OpenAPIObject } from '@nestjs/swagger';

// @nestjs/swagger does not export the types that the document is made of.
export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
export type Parameter = Exclude<NonNullable<Operation['parameters']>[number], { $ref: string }>;
export type RequestBody = Exclude<NonNullable<Operation['requestBody']>, { $ref: string }>;
export type Response = Exclude<NonNullable<Operation['responses'][string]>, { $ref: string }>;
export type Header = Exclude<NonNullable<Response['headers']>[string], { $ref: string }>;
export type MediaType = RequestBody['content'][string];
export type SchemaOrReference = NonNullable<MediaType['schema']>;
export type Schema = Exclude<SchemaOrReference, { $ref: string }>;
export type Examples = Record<string, { value: unknown }>;
