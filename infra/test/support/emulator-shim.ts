import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** moto 5.2.1 has no ListTagsForResource for application autoscaling, and the provider then asks for minutes. */
const UNKNOWN_TO_MOTO = 'AnyScaleFrontendService.ListTagsForResource';

/** Stands before moto, and answers what it cannot. */
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
    outgoing.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(outgoing);
  });
  forwarded.on('error', () => outgoing.destroy());
  incoming.pipe(forwarded);
}
