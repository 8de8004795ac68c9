/** A key for a write. Not `crypto.randomUUID`, which browsers have on HTTPS and localhost only. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
