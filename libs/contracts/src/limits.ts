import 'reflect-metadata';

/** The most that one field of a contract takes, whatever else is checked of it later. */
export interface FieldLimits {
  /** Of a text, in UTF-16 code units. */
  maxLength: number;
  minLength: number | undefined;
  /** Of a list. */
  maxItems: number | undefined;
  /** Of an object with free keys. */
  maxProperties: number | undefined;
  /** The contract of a nested object, or of each element of a list. */
  nested: Contract | undefined;
}

export type Contract = new () => object;

/** What identifiers, times and words of a fixed list stay below. */
const SHORT_TEXT = 64;

const known = new WeakMap<Contract, ReadonlyMap<string, FieldLimits>>();

/**
 * The fields of a contract with their limits, from the declarations that the OpenAPI document is made of. A field that is
 * not declared there does not exist: it is refused like any other unknown key.
 * @throws Error where a list of the contract has no `maxItems`
 */
export function limitsOf(contract: Contract): ReadonlyMap<string, FieldLimits> {
  const found = known.get(contract) ?? readLimits(contract);
  known.set(contract, found);
  return found;
}

/** Keys of @nestjs/swagger's metadata (its `DECORATORS`, which it does not export). */
const NAMES = 'swagger/apiModelPropertiesArray';
const DECLARATION = 'swagger/apiModelProperties';

interface Declaration {
  type?: unknown;
  isArray?: boolean;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  maxProperties?: number;
}

function readLimits(contract: Contract): ReadonlyMap<string, FieldLimits> {
  const prototype = contract.prototype as object;
  const names = ((Reflect.getMetadata(NAMES, prototype) ?? []) as string[]).map((name) => name.slice(1));
  return new Map(
    names.map((name) => {
      const declared = Reflect.getMetadata(DECLARATION, prototype, name) as Declaration;
      const { minLength, maxLength = SHORT_TEXT, maxItems, maxProperties, isArray } = declared;
      if (isArray && maxItems === undefined) throw new Error(`${contract.name}.${name} is a list without maxItems.`);
      return [name, { minLength, maxLength, maxItems, maxProperties, nested: nestedOf(declared) }];
    }),
  );
}

/** A nested contract is a class with declared fields, or a function with the name `type` that returns one when it is needed. */
function nestedOf({ type }: Declaration): Contract | undefined {
  if (typeof type !== 'function') return undefined;
  if (type.name === 'type') return (type as () => Contract)();
  return Reflect.hasMetadata(NAMES, type.prototype as object) ? (type as Contract) : undefined;
}
