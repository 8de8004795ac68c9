import { ECSClient, RegisterContainerInstanceCommand } from '@aws-sdk/client-ecs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { correctedEcsAnswer, type Fate } from './corrections.ts';
import { ScalingTags } from './scaling-tags.ts';
import { Services } from './services.ts';

const ANYBODY = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const ECS = 'AmazonEC2ContainerServiceV20141113';

interface Changes {
  /** The request's body, where it was read already. */
  body?: Buffer;
  /** Of an answer that is not an error. */
  correct?: (said: string) => string;
}

/** Stands before moto, answers what it cannot, and corrects what it says wrongly. */
export function emulatorShim(motoPort: number, fate: Fate): Server {
  const scalingTags = new ScalingTags();
  const services = new Services();
  const correct = (said: string) => correctedEcsAnswer(said, fate, services);
  return createServer((incoming, outgoing) => {
    const target = String(incoming.headers['x-amz-target']);
    const on = (changes?: Changes) => passOn(motoPort, incoming, outgoing, changes);
    if (scalingTags.knows(target)) void scalingTags.answer(target, incoming, outgoing);
    else if (target.endsWith('.RegisterScalableTarget'))
      void buffer(incoming).then((body) =>
        on({ body, correct: (said) => scalingTags.remember(body.toString(), said) }),
      );
    else if (target === `${ECS}.CreateService` || target === `${ECS}.UpdateService`)
      void buffer(incoming).then((body) => {
        services.remember(body.toString());
        on({ body, correct });
      });
    else if (target === `${ECS}.RunTask`)
      void buffer(incoming).then(async (body) => {
        await joinCluster(motoPort, body.toString(), fate.instanceId);
        on({ body, correct });
      });
    else on(target.startsWith(ECS) ? { correct } : {});
  });
}

/** The instances of moto's auto scaling groups join no cluster: one does, when a task shall run. */
async function joinCluster(port: number, runTask: string, instanceId: string): Promise<void> {
  const { cluster } = JSON.parse(runTask) as { cluster: string };
  const instanceIdentityDocument = JSON.stringify({ instanceId });
  await new ECSClient({ ...ANYBODY, endpoint: `http://127.0.0.1:${port}` }).send(
    new RegisterContainerInstanceCommand({ cluster, instanceIdentityDocument }),
  );
}

function passOn(port: number, incoming: IncomingMessage, outgoing: ServerResponse, changes: Changes = {}): void {
  const { body, correct } = changes;
  const { method, url: path, headers } = incoming;
  const forwarded = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    if (!correct || answer.statusCode !== 200) {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
      return;
    }
    void text(answer).then((said) => {
      const corrected = correct(said);
      const length = { 'content-length': Buffer.byteLength(corrected) };
      outgoing.writeHead(200, { ...answer.headers, ...length }).end(corrected);
    });
  });
  forwarded.on('error', () => outgoing.destroy());
  if (body) forwarded.end(body);
  else incoming.pipe(forwarded);
}
