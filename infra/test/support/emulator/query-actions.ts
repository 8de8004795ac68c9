import type { IncomingMessage, ServerResponse } from 'node:http';

const AUTO_SCALING = 'http://autoscaling.amazonaws.com/doc/2011-01-01/';
const IAM = 'https://iam.amazonaws.com/doc/2010-05-08/';

interface Response {
  status: number;
  body: string;
}

const refusal = (action: string): Response => ({
  status: 403,
  body: `<ErrorResponse xmlns="${IAM}"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User is not authorized to perform: iam:${action}</Message></Error></ErrorResponse>`,
});

/** By action, what moto 5.2.1 cannot answer of the services that take their action in the body. */
const responses: Partial<Record<string, Response>> = {
  // The provider starts one when a group's template changes.
  StartInstanceRefresh: {
    status: 200,
    body: `<StartInstanceRefreshResponse xmlns="${AUTO_SCALING}"><StartInstanceRefreshResult><InstanceRefreshId>1</InstanceRefreshId></StartInstanceRefreshResult></StartInstanceRefreshResponse>`,
  },
  // As in many labs, whose users may not simulate policies.
  SimulatePrincipalPolicy: refusal('SimulatePrincipalPolicy'),
};

/** Whether a request is of one of AWS's query protocols: EC2's, RDS's, IAM's and the like. */
export const isQuery = ({ headers }: IncomingMessage): boolean =>
  /^application\/x-www-form-urlencoded\b/.test(String(headers['content-type']));

/**
 * @param denied the actions that the caller may not use
 * @returns whether the request was answered
 */
export function answerUnknown(body: string, denied: ReadonlySet<string>, outgoing: ServerResponse): boolean {
  const action = new URLSearchParams(body).get('Action') ?? '';
  const response = denied.has(action) ? refusal(action) : responses[action];
  if (response) outgoing.writeHead(response.status, { 'content-type': 'text/xml' }).end(response.body);
  return response !== undefined;
}
