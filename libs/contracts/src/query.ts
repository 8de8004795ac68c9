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

/** A query parameter's value as its contract wants it, unchecked. The field may be declared by a class that this one extends. */
export function convertParameter(contract: new () => object, name: string, text: unknown): unknown {
  for (let at = contract.prototype as object | null; at; at = Object.getPrototypeOf(at) as object | null) {
    const convert = conversions.get(at)?.get(name);
    if (convert) return convert(text);
  }
  return text;
}
