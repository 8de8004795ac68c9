import type { OpenAPIObject } from '@nestjs/swagger';
import { type ProblemKind, problems } from '#contracts';
import { exampleOf, examplesOf } from './examples.ts';
import type { Header, MediaType, Operation, Parameter, RequestBody, Response } from './types.ts';

/** Adds what no route has to say of itself: who may call it, the problems that every route has, validators, examples. */
export function completeOperation(
  document: OpenAPIObject,
  path: string,
  method: 'get' | 'post' | 'put' | 'patch' | 'delete',
  operation: Operation,
): void {
  const role = (operation as { 'x-role'?: string })['x-role'];
  if (role === 'public') operation.security = [];
  else operation.description = `Needs the role ${role}.`;
  for (const parameter of operation.parameters as Parameter[])
    if (parameter.in === 'path' && parameter.name === 'id') parameter.schema = { type: 'string', format: 'uuid' };
  addValidators(path, method, operation);
  const body = operation.requestBody as RequestBody | undefined;
  for (const kind of commonProblems(role, body)) addProblem(operation, kind);
  const responses = Object.values(operation.responses as Record<string, Response>);
  const jsonResponses = responses
    .map(({ content }) => content?.['application/json'])
    .filter((media) => media !== undefined);
  for (const media of jsonResponses) media.example = exampleOf(document, media.schema!);
  const request: MediaType | undefined = body?.content['application/json'];
  if (request) request.examples = examplesOf(document, request.schema!);
}

function commonProblems(role: string | undefined, body: RequestBody | undefined): ProblemKind[] {
  return [
    'malformed-request',
    'invalid-parameters',
    ...(role === 'public' ? [] : (['unauthenticated'] as const)),
    ...(role === 'operator' || role === 'admin' ? (['forbidden'] as const) : []),
    ...(body ? (['too-large', 'unsupported-media-type'] as const) : []),
    ...(body?.content['application/json'] ? (['invalid-fields'] as const) : []),
    'too-many-requests',
    'unavailable',
  ];
}

function addProblem({ responses }: Operation, kind: ProblemKind): void {
  const { status, title } = problems[kind];
  const described = `${kind}: ${title}`;
  const known = responses[status] as Response | undefined;
  if (known?.description.includes(`${kind}: `)) return;
  responses[status] = {
    description: known ? `${known.description}; ${described}` : described,
    ...([429, 503].includes(status) && { headers: { 'Retry-After': RETRY_AFTER } }),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

/** `If-None-Match` where a single resource is read, `If-Match` where it is changed. */
function addValidators(path: string, method: string, operation: Operation): void {
  const { responses } = operation;
  const ok = responses[200] as Response | undefined;
  if (method === 'get' && path.endsWith('/{id}')) {
    operation.parameters!.push(header('If-None-Match', 'Entity tags. Where one of them is still current: 304.'));
    if (ok) ok.headers = { ETag };
    responses[304] = { description: 'It has not changed.', headers: { ETag } };
  }
  if (responses[412])
    operation.parameters!.push(
      header('If-Match', 'Entity tags. Where none of them is current: 412, and nothing changes.'),
    );
}

const header = (name: string, description: string): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string', example: '"3"' },
});
const ETag: Header = {
  description: 'Changes whenever the body does.',
  schema: { type: 'string', example: '"3.40.0"' },
};
const RETRY_AFTER: Header = { description: 'Seconds', schema: { type: 'integer', example: 1 } };
