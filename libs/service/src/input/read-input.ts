import { type Contract, type FieldLimits, limitsOf } from '#contracts';
import { type InputErrors, pointerToken } from './input-errors.ts';

/** What was read, and the pointers of what was left out of it because it exceeds the contract's limits. */
export interface ReadInput {
  instance: object;
  refused: ReadonlySet<string>;
}

/**
 * Makes an instance of the contract, of nested contracts too, from a parsed body or query. Unknown keys and values past the
 * contract's limits are refused here, each in constant time and before any library looks at them; `errors` gets them.
 */
export function readInput(
  contract: Contract,
  value: object,
  errors: InputErrors,
  convert: (name: string, value: unknown) => unknown = (_, given) => given,
): ReadInput {
  const refused = new Set<string>();
  const refuse = (pointer: string, detail: string) => {
    refused.add(pointer);
    errors.add(pointer, detail);
  };

  function readObject(type: Contract, given: object, parent: string): object {
    const limits = limitsOf(type);
    const instance = new type() as Record<string, unknown>;
    for (const name of Object.keys(given)) {
      const pointer = `${parent}/${pointerToken(name)}`;
      const limit = limits.get(name);
      if (!limit) errors.add(pointer, 'is not a field here');
      else instance[name] = readField(limit, convert(name, (given as Record<string, unknown>)[name]), pointer);
    }
    return instance;
  }

  function readField(limit: FieldLimits, given: unknown, pointer: string): unknown {
    const excess = findExcess(limit, given);
    if (excess) return void refuse(pointer, excess);
    const { nested, maxItems } = limit;
    if (!nested) return given;
    if (!Array.isArray(given)) return isObject(given) ? readObject(nested, given, pointer) : given;
    if (maxItems === undefined) return given; // A list where one object belongs: the checks refuse it.
    return given.map((element: unknown, index) => readElement(nested, element, `${pointer}/${index}`));
  }

  function readElement(type: Contract, given: unknown, pointer: string): object {
    if (isObject(given)) return readObject(type, given, pointer);
    refuse(pointer, 'must be an object');
    return new type();
  }

  return { instance: readObject(contract, value, ''), refused };
}

function findExcess(
  { maxLength, minLength, maxItems, maxProperties }: FieldLimits,
  given: unknown,
): string | undefined {
  if (typeof given === 'string' && given.length > maxLength)
    return minLength === undefined
      ? `must have at most ${maxLength} characters`
      : `must have ${minLength} to ${maxLength} characters`;
  if (Array.isArray(given) && maxItems !== undefined && given.length > maxItems)
    return `must contain no more than ${maxItems} elements`;
  if (isObject(given) && maxProperties !== undefined && Object.keys(given).length > maxProperties)
    return `must have at most ${maxProperties} members`;
  return undefined;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
