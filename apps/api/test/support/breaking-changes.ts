/** The parts of OpenAPI 3.1 that are compared. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly pattern?: string;
  readonly [bound: string]: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** What a client sends must still be accepted; what it receives must still be what it can read. */
type Direction = 'sent' | 'received';

/**
 * What a client of the earlier document can no longer rely on, one sentence for each change, beginning with the method and the
 * path. Additions are no breaking changes, nor are further values of an enumeration that is received.
 */
export const breakingChanges = (before: OpenApi, after: OpenApi): string[] => new Comparison(before, after).run();

class Comparison {
  private readonly changes: string[] = [];
  private readonly compared = new Set<string>();

  constructor(
    private readonly before: OpenApi,
    private readonly after: OpenApi,
  ) {}

  run(): string[] {
    for (const [path, methods] of Object.entries(this.before.paths))
      for (const [method, operation] of Object.entries(methods)) {
        this.compared.clear();
        const route = `${method.toUpperCase()} ${path}`;
        const now = this.after.paths[path]?.[method];
        if (now) this.compareOperation(route, operation, now);
        else this.changes.push(`${route}: removed`);
      }
    return this.changes;
  }

  private compareOperation(route: string, before: Operation, after: Operation): void {
    this.compareParameters(route, before.parameters ?? [], after.parameters ?? []);
    const [body, newBody] = [before.requestBody, after.requestBody];
    if (newBody?.required && !body?.required) this.changes.push(`${route}: the body became required`);
    this.compareContent(`${route}: body`, body?.content ?? {}, newBody?.content ?? {}, 'sent');
    for (const [status, response] of Object.entries(before.responses)) {
      if (!status.startsWith('2')) continue;
      const now = after.responses[status];
      if (now) this.compareContent(`${route}: ${status}`, response.content ?? {}, now.content ?? {}, 'received');
      else this.changes.push(`${route}: the response ${status} was removed`);
    }
  }

  private compareParameters(route: string, before: readonly Parameter[], after: readonly Parameter[]): void {
    const nameOf = (parameter: Parameter) => `${parameter.in} parameter "${parameter.name}"`;
    const old = new Map(before.map((parameter) => [nameOf(parameter), parameter]));
    const present = new Map(after.map((parameter) => [nameOf(parameter), parameter]));
    for (const [name, { required }] of present)
      if (required && !old.get(name)?.required) this.changes.push(`${route}: the ${name} became required`);
    for (const [name, { schema }] of old) {
      const now = present.get(name);
      if (!now) this.changes.push(`${route}: the ${name} was removed`);
      else this.compareSchema(`${route}: ${name}`, schema ?? {}, now.schema ?? {}, 'sent');
    }
  }

  private compareContent(at: string, before: Content, after: Content, direction: Direction): void {
    for (const [type, { schema }] of Object.entries(before)) {
      const now = after[type];
      if (!now) this.changes.push(`${at}: ${type} was removed`);
      else this.compareSchema(at, schema ?? {}, now.schema ?? {}, direction);
    }
  }

  private compareSchema(at: string, before: Schema, after: Schema, direction: Direction): void {
    if (before.$ref !== undefined || after.$ref !== undefined) {
      const pair = `${before.$ref} ${after.$ref} ${direction}`;
      if (before.$ref !== undefined && after.$ref !== undefined) {
        if (this.compared.has(pair)) return; // A schema that contains itself.
        this.compared.add(pair);
      }
      return this.compareSchema(at, resolve(this.before, before), resolve(this.after, after), direction);
    }
    this.compareTypes(at, before, after, direction);
    if (direction === 'sent') this.compareBounds(at, before, after);
    this.compareProperties(at, before, after, direction);
    if (before.items && after.items) this.compareSchema(`${at}[]`, before.items, after.items, direction);
    for (const kind of ['oneOf', 'anyOf', 'allOf'] as const)
      for (const [n, part] of (before[kind] ?? []).entries()) {
        const now = after[kind]?.[n];
        if (now) this.compareSchema(at, part, now, direction);
        else this.changes.push(`${at}: a part of ${kind} was removed`);
      }
  }

  private compareTypes(at: string, before: Schema, after: Schema, direction: Direction): void {
    const [wide, narrow] = direction === 'sent' ? [after, before] : [before, after];
    const known = typesOf(wide);
    const lost = typesOf(narrow).filter((type) => known.length > 0 && !known.includes(type));
    const isFreed = known.length > 0 && typesOf(narrow).length === 0;
    if (lost.length > 0 || isFreed)
      this.changes.push(`${at}: the type changed to ${typesOf(after).join(' or ') || 'any'}`);
  }

  private compareBounds(at: string, before: Schema, after: Schema): void {
    const gone = before.enum?.filter((value) => after.enum && !after.enum.includes(value)) ?? [];
    if (gone.length > 0 || (after.enum && !before.enum)) this.changes.push(`${at}: fewer values are allowed`);
    if (after.pattern !== undefined && after.pattern !== before.pattern)
      this.changes.push(`${at}: the pattern changed`);
    for (const bound of ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'])
      if (numberAt(after, bound, Infinity) < numberAt(before, bound, Infinity))
        this.changes.push(`${at}: ${bound} fell`);
    for (const bound of ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'])
      if (numberAt(after, bound, -Infinity) > numberAt(before, bound, -Infinity))
        this.changes.push(`${at}: ${bound} rose`);
  }

  private compareProperties(at: string, before: Schema, after: Schema, direction: Direction): void {
    const [had, has] = [new Set(before.required), new Set(after.required)];
    for (const [name, schema] of Object.entries(before.properties ?? {})) {
      const now = after.properties?.[name];
      if (!now) this.changes.push(`${at}.${name}: removed`);
      else this.compareSchema(`${at}.${name}`, schema, now, direction);
      if (now && direction === 'received' && had.has(name) && !has.has(name))
        this.changes.push(`${at}.${name}: may be missing`);
    }
    if (direction === 'sent')
      for (const name of has) if (!had.has(name)) this.changes.push(`${at}.${name}: became required`);
  }
}

const resolve = ({ components }: OpenApi, schema: Schema): Schema =>
  schema.$ref === undefined ? schema : (components?.schemas?.[schema.$ref.replace(/^.*\//, '')] ?? {});

const typesOf = ({ type }: Schema): readonly string[] =>
  (type === undefined ? [] : typeof type === 'string' ? [type] : type).flatMap((name) =>
    name === 'number' ? ['number', 'integer'] : [name],
  );

const numberAt = (schema: Schema, bound: string, otherwise: number): number =>
  (schema[bound] as number | undefined) ?? otherwise;
