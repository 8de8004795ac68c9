/** Prepared statements by their text, so that each is parsed and planned once a connection. */
const names = new Map<string, string>();
/** More texts than this go unnamed: each name takes memory in every connection of the server. */
const MAX_NAMES = 500;

export function statementName(text: string): string | undefined {
  let name = names.get(text);
  if (!name && names.size < MAX_NAMES) names.set(text, (name = `s${names.size}`));
  return name;
}
