import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** moto 5.2.1 has no ListTagsForResource for application autoscaling, and the provider then asks for minutes. */
const UNKNOWN_TO_MOTO = 'AnyScaleFrontendService.ListTagsForResource';

/** moto says it of services in bridge mode, AWS does not, and the provider's reading of a service crashes on it. */
const UNKNOWN_TO_AWS = /"networkConfiguration": ?\{\},? ?/g;

/** Stands before moto, answers what it cannot, and corrects what it says wrongly. */
export const emulatorShim = (motoPort: number): Server =>
  createServer((incoming, outgoing) => {
    if (incoming.headers['x-amz-target'] === UNKNOWN_TO_MOTO) answerNoTags(incoming, outgoing);
    else passOn(motoPort, incoming, outgoing);
  });

function answerNoTags(incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.resume();
  outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{"Tags":{}}');
}

function passOn(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url: path, headers } = incoming;
  const forwarded = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    if (!String(headers['x-amz-target']).startsWith('AmazonEC2ContainerServiceV20141113')) {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
      return;
    }
    void text(answer).then((body) => {
      const corrected = body.replace(UNKNOWN_TO_AWS, '');
      outgoing
        .writeHead(answer.statusCode!, { ...answer.headers, 'content-length': Buffer.byteLength(corrected) })
        .end(corrected);
    });
  });
  forwarded.on('error', () => outgoing.destroy());
  incoming.pipe(forwarded);
}
