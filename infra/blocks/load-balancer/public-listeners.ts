import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import type { Construct } from 'constructs';

/** TLS 1.3, and 1.2 for those who cannot yet. */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

export function createPublicListeners(
  scope: Construct,
  certificateArn: string | undefined,
  loadBalancerArn: string,
  targetGroupArn: string,
): void {
  const forward = [{ type: 'forward', targetGroupArn }];
  const redirect = [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }];
  new LbListener(scope, 'http', {
    loadBalancerArn,
    port: 80,
    protocol: 'HTTP',
    defaultAction: certificateArn ? redirect : forward,
  });
  if (!certificateArn) return;
  new LbListener(scope, 'https', {
    loadBalancerArn,
    port: 443,
    protocol: 'HTTPS',
    sslPolicy: TLS_POLICY,
    certificateArn,
    defaultAction: forward,
  });
}
