import type { QueryConfig } from 'pg';
import { inSpan, isRecording, type Span, type SpanDescription, startSpan } from '#service';

/**
 * Runs a statement in a span, where it is part of something that is traced. The text is recorded only where the values are
 * parameters beside it: of BEGIN with its settings, or COPY, only the first word is.
 */
export const inStatementSpan = <T>(statement: QueryConfig, run: () => Promise<T>): Promise<T> =>
  isRecording() ? inSpan(operationOf(statement), describe(statement), run) : run();

/** The span of a statement that its caller ends. */
export const startStatementSpan = (statement: QueryConfig): Span | undefined =>
  isRecording() ? startSpan(operationOf(statement), describe(statement)) : undefined;

const describe = (statement: QueryConfig): SpanDescription => ({
  kind: 'client',
  attributes: {
    'db.system.name': 'postgresql',
    'db.operation.name': operationOf(statement),
    ...(statement.values && { 'db.query.text': statement.text.trim().replaceAll(/\s+/g, ' ') }),
  },
});

const operationOf = ({ text }: QueryConfig): string => /\w+/.exec(text)![0].toUpperCase();
