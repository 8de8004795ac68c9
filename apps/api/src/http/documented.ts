import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { problems, type ProblemKind } from '#contracts';

/** What the OpenAPI document says of a route beside its parameters: a sentence, its response, and every problem it names. */
export function Documented(
  summary: string,
  { status = 200, type, page, text, binary, stream = false, problems: kinds = [], once = false }: {
    /** Of the response where all is well. Default: 200. */
    status?: number;
    /** The class of its body. */
    type?: Type;
    /** The class of the rows of a page. */
    page?: Type;
    /** The media type of a body that is not JSON. */
    text?: string;
    /** The media types of a body of bytes. */
    binary?: readonly string[];
    /** Server-sent events instead of the body, where the client accepts them. */
    stream?: boolean;
    /** Beside those that every route may respond with. */
    problems?: ProblemKind[];
    /** Takes an Idempotency-Key. */
    once?: boolean;
  }, // prettier-ignore
): MethodDecorator {
  const model = page ?? type;
  const schema = page
    ? {
        type: 'object',
        required: ['items', 'nextCursor'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(page) } },
          nextCursor: { type: 'string', nullable: true },
          count: { type: 'integer' },
          countIsCapped: { type: 'boolean' },
        },
      }
    : type
      ? { $ref: getSchemaPath(type) }
      : undefined;
  const plain = { schema: { type: 'string' } };
  const content = binary
    ? Object.fromEntries(binary.map((media) => [media, { schema: { type: 'string', format: 'binary' } }]))
    : text
      ? { [text]: plain }
      : schema && { 'application/json': { schema }, ...(stream && { 'text/event-stream': plain }) };
  const byStatus = Map.groupBy(
    [...kinds, ...(once ? (['key-in-use', 'key-reused'] as const) : [])],
    (kind) => problems[kind].status,
  );
  return applyDecorators(
    ApiOperation({ summary }),
    ...(model ? [ApiExtraModels(model)] : []),
    ApiResponse({ status, description: 'Done', ...(content && { content }) }),
    ...[...byStatus].map(([code, list]) =>
      ApiResponse({
        status: code,
        description: list.map((kind) => `${kind}: ${problems[kind].title}`).join('; '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      }),
    ),
    ...(once
      ? [
          ApiHeader({
            name: 'Idempotency-Key',
            required: false,
            schema: { type: 'string', maxLength: 255 },
            description: 'The same key and body within 24 hours get the first response again.',
          }),
        ]
      : []),
  );
}
