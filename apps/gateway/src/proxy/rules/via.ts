/** The gateway's name in `Via` (RFC 9110 §7.6.3): a pseudonym, which keeps the host's name private. */
const PSEUDONYM = 'stockroom';

/** @param minorVersion of the HTTP/1 message that was received */
export const viaOf = (minorVersion: number): string => (minorVersion === 0 ? HTTP_1_0 : HTTP_1_1);

const HTTP_1_0 = `1.0 ${PSEUDONYM}`;
const HTTP_1_1 = `1.1 ${PSEUDONYM}`;
