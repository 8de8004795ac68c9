/** A span as a collector sees it. Ids are in hexadecimal. */
export interface ReceivedSpan {
  service: string;
  name: string;
  /** 1 internal, 2 server, 3 client. */
  kind: number;
  traceId: string;
  spanId: string;
  /** Empty: the trace begins here. */
  parentId: string;
  attributes: Record<string, string | number>;
  /** The ids of spans. */
  links: string[];
  isError: boolean;
}

/** What is in a message of Protocol Buffers, by field number: numbers, and bytes (protobuf.dev, "Encoding"). */
type Message = Map<number, (Buffer | bigint)[]>;

/** The spans of an `ExportTraceServiceRequest` (opentelemetry-proto, trace/v1/trace.proto). */
export function decodeSpans(request: Buffer): ReceivedSpan[] {
  return messages(decode(request), 1).flatMap((resourceSpans) => {
    const resource = attributesOf(messages(resourceSpans, 1)[0]!, 1);
    const spans = messages(resourceSpans, 2).flatMap((scopeSpans) => messages(scopeSpans, 2));
    return spans.map((span) => ({
      service: String(resource['service.name']),
      name: bytes(span, 5).toString(),
      kind: Number(span.get(6)?.[0]),
      traceId: bytes(span, 1).toString('hex'),
      spanId: bytes(span, 2).toString('hex'),
      parentId: bytes(span, 4).toString('hex'),
      attributes: attributesOf(span, 9),
      links: messages(span, 13).map((link) => bytes(link, 2).toString('hex')),
      isError: messages(span, 15)[0]?.get(3)?.[0] === 2n,
    }));
  });
}

const bytes = (message: Message, field: number): Buffer => (message.get(field)?.[0] as Buffer) ?? Buffer.alloc(0);
const messages = (message: Message, field: number): Message[] =>
  (message.get(field) ?? []).map((value) => decode(value as Buffer));

/** Texts and whole numbers: there are no others. */
const attributesOf = (message: Message, field: number): ReceivedSpan['attributes'] =>
  Object.fromEntries(
    messages(message, field).map((pair) => {
      const value = messages(pair, 2)[0]!;
      return [bytes(pair, 1).toString(), value.has(1) ? bytes(value, 1).toString() : Number(value.get(3)![0])];
    }),
  );

function decode(buffer: Buffer): Message {
  const message: Message = new Map();
  let offset = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = buffer[offset++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number) => buffer.subarray(offset, (offset += length));
  while (offset < buffer.length) {
    const tag = Number(varint());
    const wireTypes: Record<number, () => Buffer | bigint> = {
      0: varint,
      1: () => take(8),
      2: () => take(Number(varint())),
      5: () => take(4),
    };
    const value = wireTypes[tag & 7]!();
    message.set(tag >> 3, [...(message.get(tag >> 3) ?? []), value]);
  }
  return message;
}
