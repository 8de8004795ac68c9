/** Who a password is for, as far as that is known. */
export interface PasswordOwner {
  email?: string | undefined;
  name?: string | undefined;
}

/** The product's name and words that people put around it, the longest first. */
const WORDS = [
  'administrator', 'correcthorse', 'qwertyuiop', 'stockroom', 'asdfghjkl', 'inventory', 'warehouse', 'localhost', 'password', 'passwort',
  'changeme', 'iloveyou', 'superuser', 'motdepasse', 'zxcvbnm', 'letmein', 'welcome', 'default', 'qwertz', 'azerty', 'qwerty', 'secret',
  'please', 'access', 'master', 'summer', 'winter', 'spring', 'autumn', 'manager', 'admin', 'login', 'stock', 'store', 'guest', 'test',
  'user', 'root', 'pass', 'demo', 'abc',
].sort((a, b) => b.length - a.length); // prettier-ignore
/** What must remain of a password without such words: letters, and each run of digits as one. */
const FEWEST_LEFT = 5;
/** A shorter name is part of too many words. */
const SHORTEST_NAME = 4;
const SHORTEST_PART = 3;

/** Characters that are typed for letters. */
const LOOKALIKES: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i', '€': 'e' }; // prettier-ignore

/** Whether a password is hardly more than the words that are tried first, and the owner's. @param folded in lower case */
export function isHardlyMoreThanWords(folded: string, owner: PasswordOwner): boolean {
  const words = [...namesOf(owner).flatMap(({ whole, parts }) => [whole, ...parts]), ...WORDS].filter(
    (word) => word.length >= SHORTEST_PART,
  );
  return formsOf(folded).some((form) => {
    const rest = words.reduce((text, word) => text.replaceAll(word, ' '), form);
    return rest !== form && [...rest.replaceAll(/\p{N}+/gu, '0').replaceAll(' ', '')].length < FEWEST_LEFT;
  });
}

/** Whether a password holds the owner's e-mail address, its local part, or the owner's name. @param folded in lower case */
export function holdsOwnName(folded: string, owner: PasswordOwner): boolean {
  const names = namesOf(owner).flatMap(({ whole }) => (whole.length >= SHORTEST_NAME ? [whole] : []));
  return formsOf(folded).some((form) => names.some((name) => form.includes(name)));
}

/** The address, its local part and the name, each whole and in its parts. */
function namesOf({ email, name }: PasswordOwner): { whole: string; parts: string[] }[] {
  const address = email?.normalize('NFKC').toLowerCase();
  const localPart = address?.slice(0, Math.max(0, address.lastIndexOf('@')));
  return [address, localPart, localPart?.replace(/\+.*/, ''), name?.normalize('NFKC').toLowerCase()]
    .filter((text) => text !== undefined)
    .map((text) => ({ whole: lettersOf(text), parts: text.split(/[^\p{L}\p{N}]+/u).map(lettersOf) }));
}

/** As it is, and with letters for the characters that look like them; without accents and what is no letter or digit. */
const formsOf = (folded: string): string[] => [
  lettersOf(folded),
  lettersOf([...folded].map((character) => LOOKALIKES[character] ?? character).join('')),
];

const lettersOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
