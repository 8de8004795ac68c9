import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

const NO_POLICY = '<Error><Code>NoSuchBucketPolicy</Code><Message>The bucket policy does not exist</Message></Error>';

/** The policies of buckets: moto 5.2.1 applies them without their conditions, so one that denies plain HTTP denies all. */
export class BucketPolicies {
  private readonly policies = new Map<string, string>();

  knows = ({ url, headers }: IncomingMessage): boolean =>
    /[?&]policy(=|&|$)/.test(url!) && String(headers.authorization).includes('/s3/aws4_request');

  async response(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const bucket = `${incoming.headers.host}${incoming.url!.split('?')[0]!.replace(/\/$/, '')}`;
    const body = await text(incoming);
    if (incoming.method === 'PUT') this.policies.set(bucket, body);
    if (incoming.method === 'DELETE') this.policies.delete(bucket);
    if (incoming.method !== 'GET') return void outgoing.writeHead(204).end();
    const policy = this.policies.get(bucket);
    outgoing
      .writeHead(policy ? 200 : 404, { 'content-type': policy ? 'application/json' : 'application/xml' })
      .end(policy ?? NO_POLICY);
  }
}
