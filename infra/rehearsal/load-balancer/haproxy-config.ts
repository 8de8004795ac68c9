import { TASK_ADDRESSES } from '../host/network.ts';
import { regexOf } from '../wildcards.ts';
import type { HealthCheck } from './target-health.ts';

/** A listener as the Elastic Load Balancing API describes it, in the parts that HAProxy is configured from. */
export interface Frontend {
  name: string;
  /** Where the load balancer's DNS name leads, or led until a moment ago. */
  addresses: string[];
  /** Whose connections the load balancer's security groups admit; all others are dropped. */
  admits: { tasks: boolean; clients: boolean };
  port: number;
  idleTimeoutSeconds: number;
  /** In order of priority; the default action is the last. */
  rules: Rule[];
}

export interface Rule {
  /** Path patterns with `*` and `?`; none: every request. */
  paths: string[];
  /** Source addresses as CIDR ranges; none: every source. */
  sources: string[];
  action: { type: 'forward'; targetGroup: string } | { type: 'fixed-response'; statusCode: number; body: string };
}

export interface TargetGroup {
  name: string;
  arn: string;
  balancerArn: string;
  check: HealthCheck;
  deregistrationDelaySeconds: number;
  idleTimeoutSeconds: number;
}

export interface ServerSlot {
  address: string;
  port: number;
  isRouted: boolean;
}

/** As many targets as a group can have at once; addresses are set at run time. */
export const SLOTS = 12;

/** HAProxy's configuration for an account's load balancers; `servers` has the targets of each group at this moment. */
export function haproxyConfig(
  frontends: Frontend[],
  groups: TargetGroup[],
  servers: (group: string) => (ServerSlot | undefined)[],
  badGateway: string,
): string {
  return [
    'global',
    '  maxconn 4000',
    'defaults',
    '  mode http',
    '  timeout connect 10s',
    '  timeout http-request 60s',
    '  option http-keep-alive',
    '  retries 0',
    // An ALB responds with 502 where a target refuses or breaks the connection, with 503 only where there is no target.
    `  errorfile 503 ${badGateway}`,
    ...frontends.flatMap(frontend),
    ...groups.flatMap((group) => backend(group, servers(group.name))),
    '',
  ].join('\n');
}

function frontend({ name, addresses, port, admits, idleTimeoutSeconds, rules }: Frontend): string[] {
  return [
    `frontend ${name}`,
    `  bind ${addresses.map((address) => `${address}:${port}`).join(',')}`,
    `  timeout client ${idleTimeoutSeconds}s`,
    `  acl from-task src ${TASK_ADDRESSES}`,
    ...(admits.tasks ? [] : ['  tcp-request connection silent-drop if from-task']),
    ...(admits.clients ? [] : ['  tcp-request connection silent-drop unless from-task']),
    // As the ALB does: the peer is appended, the other two are replaced.
    '  http-request set-var(txn.xff) req.fhdr(x-forwarded-for)',
    '  http-request set-header X-Forwarded-For %[var(txn.xff)],\\ %[src] if { var(txn.xff) -m found }',
    '  http-request set-header X-Forwarded-For %[src] unless { var(txn.xff) -m found }',
    '  http-request set-header X-Forwarded-Proto http',
    `  http-request set-header X-Forwarded-Port ${port}`,
    '  http-request set-header X-Amzn-Trace-Id Root=1-%[date,hex]-%[uuid(4),regsub(-,,g),bytes(0,24)] unless { req.hdr(x-amzn-trace-id) -m found }',
    ...rules.flatMap((rule, n) => [...conditionOf(rule, n), ...actionOf(rule, n)]),
  ];
}

const conditionOf = ({ paths, sources }: Rule, n: number): string[] => [
  ...(paths.length > 0 ? [`  acl path${n} path -m reg ${paths.map(regexOf).join(' ')}`] : []),
  ...(sources.length > 0 ? [`  acl source${n} src ${sources.join(' ')}`] : []),
];

function actionOf({ paths, sources, action }: Rule, n: number): string[] {
  const conditions = [...(paths.length > 0 ? [`path${n}`] : []), ...(sources.length > 0 ? [`source${n}`] : [])];
  // The first rule that matches decides; HAProxy would run every `http-request` before any `use_backend`.
  const isFirst = ` if ${['!{ var(txn.decided) -m found }', ...conditions].join(' ')}`;
  switch (action.type) {
    case 'forward':
      // A process that ends counts no servers, and still forwards the last request of a connection.
      return [
        `  http-request set-var(txn.decided) str(${action.targetGroup})${isFirst}`,
        `  http-request return status 503 content-type text/html string "503 Service Temporarily Unavailable" if { var(txn.decided) -m str ${action.targetGroup} } { nbsrv(${action.targetGroup}) eq 0 } !{ stopping }`,
        `  use_backend ${action.targetGroup} if { var(txn.decided) -m str ${action.targetGroup} }`,
      ];
    case 'fixed-response':
      return [
        `  http-request return status ${action.statusCode}${action.body && ` content-type text/plain string ${JSON.stringify(action.body)}`}${isFirst}`,
      ];
  }
}

function backend({ name, idleTimeoutSeconds }: TargetGroup, slots: (ServerSlot | undefined)[]): string[] {
  return [
    `backend ${name}`,
    '  balance roundrobin',
    `  timeout server ${idleTimeoutSeconds}s`,
    '  http-reuse safe',
    ...Array.from({ length: SLOTS }, (_, n) => {
      const { address = '127.0.0.1', port = 1, isRouted = false } = slots[n] ?? {};
      return `  server s${n} ${address}:${port}${isRouted ? '' : ' disabled'}`;
    }),
  ];
}
