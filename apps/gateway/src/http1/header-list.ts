/** Header fields as name, value, name, value: the form that both sides of the gateway read and write without rebuilding it. */
export type HeaderList = string[];

/** Removes every line of a field. @param name in lower case */
export function removeHeader(list: HeaderList, name: string): void {
  for (let i = list.length - 2; i >= 0; i -= 2) {
    if (isNamed(list[i]!, name)) list.splice(i, 2);
  }
}

/** Makes a field have this one line. @param name in lower case */
export function setHeader(list: HeaderList, name: string, value: string): void {
  removeHeader(list, name);
  list.push(name, value);
}

/** How many lines a field has. @param name in lower case */
export function countLines(list: Readonly<HeaderList>, name: string): number {
  let lines = 0;
  for (let i = 0; i < list.length; i += 2) if (isNamed(list[i]!, name)) lines++;
  return lines;
}

/** Lengths tell most names apart before any letter is changed. */
const isNamed = (given: string, name: string): boolean => given.length === name.length && given.toLowerCase() === name;
