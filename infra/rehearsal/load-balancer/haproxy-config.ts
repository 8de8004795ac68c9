/** A load balancer as the Elastic Load Balancing API describes it, in the parts that HAProxy is configured from. */
export interface Frontend {
  name: string;
  /** Where the load balancer's DNS name leads. */
  address: string;
  port: number;
  idleTimeoutSeconds: number;
  /** A PEM file with certificate and key; undefined: plain HTTP. */
  certificate?: string;
  /** In order of priority; the default action is the last. */
  rules: Rule[];
}

export interface Rule {
  /** Path patterns with `*` and `?`; none: every request. */
  paths: string[];
  action:
    | { type: 'forward'; targetGroup: string }
    | { type: 'redirect'; statusCode: string; protocol: string; port: string }
    | { type: 'fixed-response'; statusCode: number; body: string };
}

export interface TargetGroup {
  name: string;
  healthPath: string;
  /** Such as `200` or `200-299`. */
  matcher: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
}

/** As many targets as a group can have at once; addresses are set at run time. */
export const SLOTS = 12;

/** HAProxy's configuration for an account's load balancers. Targets are servers that the runtime API fills in. */
export function haproxyConfig(frontends: Frontend[], groups: TargetGroup[]): string {
  return [
    'global',
    '  maxconn 4000',
    'defaults',
    '  mode http',
    '  timeout connect 5s',
    '  timeout http-request 60s',
    '  option http-keep-alive',
    '  option redispatch',
    '  retries 0',
    ...frontends.flatMap(frontend),
    ...groups.flatMap(backend),
    '',
  ].join('\n');
}

function frontend({ name, address, port, idleTimeoutSeconds, certificate, rules }: Frontend): string[] {
  const tls = certificate ? ` ssl crt ${certificate}` : '';
  const scheme = certificate ? 'https' : 'http';
  return [
    `frontend ${name}`,
    `  bind ${address}:${port}${tls}`,
    `  timeout client ${idleTimeoutSeconds}s`,
    // As the ALB does: the peer is appended, the other two are replaced.
    '  http-request set-var(txn.xff) req.fhdr(x-forwarded-for)',
    '  http-request set-header X-Forwarded-For %[var(txn.xff)],\\ %[src] if { var(txn.xff) -m found }',
    '  http-request set-header X-Forwarded-For %[src] unless { var(txn.xff) -m found }',
    `  http-request set-header X-Forwarded-Proto ${scheme}`,
    `  http-request set-header X-Forwarded-Port ${port}`,
    '  http-request set-header X-Amzn-Trace-Id Root=1-%[date,hex]-%[uuid(4),regsub(-,,g),bytes(0,24)] unless { req.hdr(x-amzn-trace-id) -m found }',
    ...rules.flatMap((rule, n) => [...conditionOf(rule, n), ...actionOf(rule, n)]),
  ];
}

const conditionOf = ({ paths }: Rule, n: number): string[] =>
  paths.length > 0 ? [`  acl rule${n} path -m reg ${paths.map(regexOf).join(' ')}`] : [];

const regexOf = (pattern: string): string =>
  `^${pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')}$`;

function actionOf({ paths, action }: Rule, n: number): string[] {
  const when = paths.length > 0 ? ` if rule${n}` : '';
  switch (action.type) {
    case 'forward':
      return [
        paths.length > 0 ? `  use_backend ${action.targetGroup}${when}` : `  default_backend ${action.targetGroup}`,
      ];
    case 'redirect':
      return [
        `  http-request redirect code ${action.statusCode.replace('HTTP_', '')} location ${action.protocol.toLowerCase()}://%[req.hdr(host),field(1,:)]:${action.port}%[pathq]${when}`,
      ];
    case 'fixed-response':
      return [
        `  http-request return status ${action.statusCode} content-type text/plain string "${action.body}"${when}`,
      ];
  }
}

function backend(group: TargetGroup): string[] {
  const { name, healthPath, matcher, intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = group;
  return [
    `backend ${name}`,
    '  balance roundrobin',
    '  timeout server 60s',
    `  timeout check ${timeoutSeconds}s`,
    '  option httpchk',
    `  http-check send meth GET uri ${healthPath} ver HTTP/1.1 hdr Host ${name} hdr User-Agent ELB-HealthChecker/2.0 hdr Connection close`,
    `  http-check expect status ${matcher}`,
    '  http-reuse safe',
    ...Array.from(
      { length: SLOTS },
      (_, n) =>
        `  server s${n} 127.0.0.1:1 check inter ${intervalSeconds}s fall ${unhealthyThreshold} rise ${healthyThreshold} disabled`,
    ),
  ];
}
