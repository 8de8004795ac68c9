/** Bytes that are not HTTP/1.1 as RFC 9112 writes it. Nothing after them on the same connection can be trusted. */
export class Malformed extends Error {}

/** A head, a chunk extension or a trailer section with more bytes than its reader takes. */
export class Overflow extends Malformed {}
