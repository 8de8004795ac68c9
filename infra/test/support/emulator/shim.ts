import { ECSClient, RegisterContainerInstanceCommand } from '@aws-sdk/client-ecs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { correctedEcsAnswer, type Fate } from './corrections.ts';

/** moto 5.2.1 has no ListTagsForResource for application autoscaling, and the provider then asks for minutes. */
const UNKNOWN_TO_MOTO = 'AnyScaleFrontendService.ListTagsForResource';
const ANYBODY = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const ECS = 'AmazonEC2ContainerServiceV20141113';

/** Stands before moto, answers what it cannot, and corrects what it says wrongly. */
export const emulatorShim = (motoPort: number, fate: Fate): Server =>
  createServer((incoming, outgoing) => {
    const target = String(incoming.headers['x-amz-target']);
    if (target === UNKNOWN_TO_MOTO) answerNoTags(incoming, outgoing);
    else if (target === `${ECS}.RunTask`) void runTask(motoPort, incoming, outgoing, fate);
    else passOn(motoPort, incoming, outgoing, target.startsWith(ECS) ? fate : undefined);
  });

function answerNoTags(incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.resume();
  outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{"Tags":{}}');
}

/** The instances of moto's auto scaling groups join no cluster: one does, when a task shall run. */
async function runTask(port: number, incoming: IncomingMessage, outgoing: ServerResponse, fate: Fate): Promise<void> {
  const body = await buffer(incoming);
  const { cluster } = JSON.parse(body.toString()) as { cluster: string };
  const instanceIdentityDocument = JSON.stringify({ instanceId: fate.instanceId });
  await new ECSClient({ ...ANYBODY, endpoint: `http://127.0.0.1:${port}` })
    .send(new RegisterContainerInstanceCommand({ cluster, instanceIdentityDocument }))
    .then(
      () => passOn(port, incoming, outgoing, fate, body),
      (error: Error) => outgoing.writeHead(500).end(error.message),
    );
}

function passOn(port: number, incoming: IncomingMessage, outgoing: ServerResponse, fate?: Fate, body?: Buffer): void {
  const { method, url: path, headers } = incoming;
  const forwarded = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    if (!fate || answer.statusCode !== 200) {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
      return;
    }
    void text(answer).then((said) => {
      const corrected = correctedEcsAnswer(said, fate);
      const length = { 'content-length': Buffer.byteLength(corrected) };
      outgoing.writeHead(200, { ...answer.headers, ...length }).end(corrected);
    });
  });
  forwarded.on('error', () => outgoing.destroy());
  if (body) forwarded.end(body);
  else incoming.pipe(forwarded);
}
