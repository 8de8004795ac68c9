import { Secret } from 'otpauth';

const COUNT = 10;
/** 80 bits: 16 characters in base32. */
const BYTES = 10;

/** New codes as they are shown: `ABCD-EFGH-IJKL-MNOP`. */
export const generateRecoveryCodes = (): string[] =>
  Array.from({ length: COUNT }, () => new Secret({ size: BYTES }).base32.replace(/.{4}(?=.)/g, '$&-'));
