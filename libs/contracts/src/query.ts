type Conversion = (text: unknown) => unknown;

/** By the class that declares them, the conversions of its fields. */
const conversions = new Map<object, Map<string, Conversion>>();

/** How a parameter's text becomes the field's value; what it does not understand it leaves as it is, for the checks to refuse. */
export const ConvertedFrom =
  (convert: Conversion): PropertyDecorator =>
  (declaring, name) => {
    const own = conversions.get(declaring) ?? new Map<string, Conversion>();
    conversions.set(declaring, own.set(String(name), convert));
  };

/** A query's parameters as an instance of their contract, unchecked. A query is flat, so that this is all there is to do. */
export function parseQuery<T extends object>(Contract: new () => T, parameters: object): T {
  const query = new Contract();
  for (const [name, text] of Object.entries(parameters) as [string, unknown][]) {
    const convert = conversionOf(Contract.prototype as object, name);
    // Defined, not assigned: `__proto__` is a name like any other here, and refused like any other.
    Object.defineProperty(query, name, {
      value: convert ? convert(text) : text,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return query;
}

/** A field may have been declared by a class that this one extends. */
function conversionOf(declaring: object | null, name: string): Conversion | undefined {
  for (let at = declaring; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = conversions.get(at)?.get(name);
    if (found) return found;
  }
  return undefined;
}
