import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** One call of an AWS API. `input` is the parsed body of a JSON protocol, or the form fields of a query protocol. */
export interface Call {
  /** Such as `ecs.RunTask` or `elasticloadbalancing.DescribeTargetHealth`. */
  operation: string;
  input: Record<string, any>;
  protocol: 'json' | 'query';
}

export interface Reply {
  status: number;
  body: string;
  contentType: string;
  /** Of what the emulator said: its body goes on byte for byte. */
  headers?: IncomingHttpHeaders;
}

/**
 * Answers an operation. `forward` asks the emulator, with the call as it came.
 * @throws ApiError to answer with an error of AWS's
 */
export type Handler = (call: Call, forward: () => Promise<Reply>) => Promise<Reply>;

/** An error of AWS's, written as the call's protocol has it. */
export class ApiError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const JSON_TYPE = 'application/x-amz-json-1.1';

export const json = (value: unknown, status = 200): Reply => ({
  status,
  body: JSON.stringify(value),
  contentType: JSON_TYPE,
});

/** Services by the first part of `x-amz-target`. */
const TARGETS: Record<string, string> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  AmazonEC2ContainerRegistry_V20150921: 'ecr',
  AnyScaleFrontendService: 'application-autoscaling',
  Route53AutoNaming_v20170314: 'servicediscovery',
  secretsmanager: 'secretsmanager',
  Logs_20140328: 'logs',
};

/** Operations after which instances, security groups or load balancers may be others. */
const CHANGES = /^(ec2|elasticloadbalancing|autoscaling|rds)\.(?!Describe|Get)/;

/**
 * The public endpoint of the rehearsed account: operations with a handler are answered here, all others by the emulator.
 * @param onChange called after each operation that may have changed the account
 */
export function startControlPlane(
  emulatorUrl: string,
  handlers: Record<string, Handler>,
  address: { host: string; port: number },
  onChange: () => void = () => undefined,
): Promise<Server> {
  const emulator = new URL(emulatorUrl);
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await buffer(incoming);
      const forward = () => ask(emulator, incoming.method!, incoming.url!, incoming.headers, body);
      const call = callOf(incoming.headers, body);
      const handler = call && handlers[call.operation];
      write(outgoing, await (handler ? answer(handler, call, forward) : forward()));
      if (CHANGES.test(call?.operation ?? '')) onChange();
    })().catch((error: Error) => write(outgoing, json({ __type: 'ServerException', message: error.message }, 500)));
  });
  return new Promise((resolve) => server.listen(address.port, address.host, () => resolve(server)));
}

async function answer(handler: Handler, call: Call, forward: () => Promise<Reply>): Promise<Reply> {
  try {
    return await handler(call, forward);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code, message } = error;
    if (call.protocol === 'json') return json({ __type: code, message }, 400);
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
    return { status: 400, body, contentType: 'text/xml' };
  }
}

function callOf(headers: IncomingHttpHeaders, body: Buffer): Call | undefined {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const [service = '', name] = target.split('.');
    if (!(service in TARGETS)) return undefined;
    return {
      operation: `${TARGETS[service]}.${name}`,
      input: JSON.parse(body.toString('utf8') || '{}'),
      protocol: 'json',
    };
  }
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return undefined;
  const fields = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  // The scope of the signature names the service: …/20260101/us-east-1/elasticloadbalancing/aws4_request.
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];
  return fields.Action ? { operation: `${service}.${fields.Action}`, input: fields, protocol: 'query' } : undefined;
}

/** Asks the emulator. */
function ask(
  { hostname, port }: URL,
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    // `host` stays as it came: S3 and others read the bucket from it.
    const passed = { ...headers, 'content-length': String(body.length) };
    delete passed['transfer-encoding'];
    const outgoing = request({ hostname, port, method, path, headers: passed }, (incoming) => {
      buffer(incoming).then(
        (said) =>
          resolve({
            status: incoming.statusCode!,
            body: said.toString('latin1'),
            contentType: incoming.headers['content-type'] ?? '',
            headers: incoming.headers,
          }),
        reject,
      );
    });
    outgoing.on('error', reject).end(body);
  });
}

function write(outgoing: ServerResponse, { headers, body, status, contentType }: Reply): void {
  const bytes = Buffer.from(body, headers ? 'latin1' : 'utf8');
  const kept = Object.fromEntries(
    Object.entries(headers ?? {}).filter(([name]) => !/^(connection|keep-alive|transfer-encoding)$/.test(name)),
  );
  outgoing.writeHead(status, {
    ...kept,
    'content-type': contentType,
    ...(headers?.['content-length'] && bytes.length === 0 ? {} : { 'content-length': bytes.length }),
  });
  outgoing.end(bytes);
}

/** Changes the JSON of the emulator's reply; an error goes on as it is. */
export async function corrected(reply: Promise<Reply>, change: (value: any) => void): Promise<Reply> {
  const { status, body } = await reply;
  if (status !== 200) return reply;
  const value = JSON.parse(Buffer.from(body, 'latin1').toString('utf8'));
  change(value);
  return json(value);
}
