import { ECSClient, RegisterContainerInstanceCommand } from '@aws-sdk/client-ecs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { BucketPolicies } from './bucket-policies.ts';
import { correctEcsResponse, type EcsOutcome } from './corrections.ts';
import { ForgottenProperties } from './forgotten-properties.ts';
import { answerUnknown, isQuery } from './query-actions.ts';
import { ScalingTags } from './scaling-tags.ts';
import { Services } from './services.ts';

const CREDENTIALS = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const ECS = 'AmazonEC2ContainerServiceV20141113';

interface Changes {
  /** The request's body, where it was read already. */
  body?: Buffer;
  /** Of an response that is not an error. */
  correct?: (response: string) => string;
}

/** Stands before moto, answers what it cannot, and corrects what it says wrongly. */
export function emulatorShim(motoPort: number, outcome: EcsOutcome, denied: ReadonlySet<string>): Server {
  const scalingTags = new ScalingTags();
  const services = new Services();
  const policies = new BucketPolicies();
  const forgotten = new ForgottenProperties();
  const correct = (response: string) => correctEcsResponse(response, outcome, services);
  return createServer((incoming, outgoing) => {
    const target = String(incoming.headers['x-amz-target']);
    const action = target.split('.').at(-1)!;
    if (target.startsWith(ECS) && denied.has(action)) return refuse(action, outgoing);
    // moto 5.2.1 knows this setting of a user alone.
    if (target === `${ECS}.PutAccountSettingDefault`) incoming.headers['x-amz-target'] = `${ECS}.PutAccountSetting`;
    const on = (changes?: Changes) => passOn(motoPort, incoming, outgoing, changes);
    if (target === 'AWSFreeTierService.GetAccountPlanState') return answerAccountPlan(outgoing);
    if (scalingTags.knows(target)) void scalingTags.response(target, incoming, outgoing);
    else if (policies.knows(incoming)) void policies.response(incoming, outgoing);
    else if (target.endsWith('.RegisterScalableTarget'))
      void buffer(incoming).then((body) =>
        on({ body, correct: (response) => scalingTags.remember(body.toString(), response) }),
      );
    else if (target === `${ECS}.CreateService` || target === `${ECS}.UpdateService`)
      void buffer(incoming).then((body) => {
        services.remember(body.toString(), outcome.rolloutState);
        on({ body, correct });
      });
    else if (target === `${ECS}.RunTask`)
      void buffer(incoming).then(async (body) => {
        await joinCluster(motoPort, body.toString(), outcome.instanceId);
        on({ body, correct });
      });
    else if (isQuery(incoming))
      void buffer(incoming).then((body) => {
        if (answerUnknown(body.toString(), denied, outgoing)) return;
        forgotten.remember(body.toString());
        on({ body, correct: (response) => forgotten.complete(response) });
      });
    else on(target.startsWith(ECS) ? { correct } : {});
  });
}

/** moto 5.2.1 lacks the service. */
const answerAccountPlan = (outgoing: ServerResponse): void =>
  void outgoing
    .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify({ accountPlanType: 'PAID', accountPlanStatus: 'ACTIVE' }));

const refuse = (action: string, outgoing: ServerResponse): void =>
  void outgoing
    .writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
    .end(JSON.stringify({ __type: 'AccessDeniedException', message: `not authorized to perform: ecs:${action}` }));

/** The instances of moto's auto scaling groups join no cluster: one does, when a task shall run. */
async function joinCluster(port: number, runTask: string, instanceId: string): Promise<void> {
  const { cluster } = JSON.parse(runTask) as { cluster: string };
  const instanceIdentityDocument = JSON.stringify({ instanceId });
  await new ECSClient({ ...CREDENTIALS, endpoint: `http://127.0.0.1:${port}` }).send(
    new RegisterContainerInstanceCommand({ cluster, instanceIdentityDocument }),
  );
}

function passOn(port: number, incoming: IncomingMessage, outgoing: ServerResponse, changes: Changes = {}): void {
  const { body, correct } = changes;
  const { method, url: path, headers } = incoming;
  const forwarded = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
    if (!correct || response.statusCode !== 200) {
      outgoing.writeHead(response.statusCode!, response.headers);
      response.pipe(outgoing);
      return;
    }
    void text(response).then((received) => {
      const corrected = correct(received);
      const length = { 'content-length': Buffer.byteLength(corrected) };
      outgoing.writeHead(200, { ...response.headers, ...length }).end(corrected);
    });
  });
  forwarded.on('error', () => outgoing.destroy());
  if (body) forwarded.end(body);
  else incoming.pipe(forwarded);
}
