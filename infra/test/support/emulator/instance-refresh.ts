import type { IncomingMessage, ServerResponse } from 'node:http';

const NAMESPACE = 'http://autoscaling.amazonaws.com/doc/2011-01-01/';

/** Whether a request is one to Auto Scaling, whose action stands in its body. */
export const isAutoScaling = ({ headers }: IncomingMessage): boolean =>
  String(headers.authorization).includes('/autoscaling/aws4_request');

export const isInstanceRefresh = (body: string): boolean =>
  new URLSearchParams(body).get('Action') === 'StartInstanceRefresh';

/** moto 5.2.1 does not implement instance refreshes; the provider starts one when a group's template changes. */
export function acceptInstanceRefresh(outgoing: ServerResponse): void {
  const result = '<StartInstanceRefreshResult><InstanceRefreshId>1</InstanceRefreshId></StartInstanceRefreshResult>';
  outgoing
    .writeHead(200, { 'content-type': 'text/xml' })
    .end(`<StartInstanceRefreshResponse xmlns="${NAMESPACE}">${result}</StartInstanceRefreshResponse>`);
}
