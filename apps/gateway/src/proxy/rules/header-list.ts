/** Header fields as on the wire: names and values in turn, in their order and spelling. */
export type HeaderList = string[];

/** How often a field occurs. @param name in lower case */
export function countFields(list: Readonly<HeaderList>, name: string): number {
  let count = 0;
  for (let i = 0; i < list.length; i += 2) if (isNamed(list[i]!, name)) count++;
  return count;
}

/** Removes every occurrence of a field. @param name in lower case */
export function removeHeader(list: HeaderList, name: string): void {
  for (let i = list.length - 2; i >= 0; i -= 2) if (isNamed(list[i]!, name)) list.splice(i, 2);
}

const isNamed = (given: string, name: string): boolean =>
  given.length === name.length && (given === name || given.toLowerCase() === name);
