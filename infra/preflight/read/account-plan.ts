import { SignatureV4 } from '@smithy/signature-v4';
import type { Aws } from '../../deploy/aws/clients.ts';

const TARGET = 'AWSFreeTierService.GetAccountPlanState';
const TIMEOUT_MS = 10_000;

/**
 * GetAccountPlanState of the AWS Free Tier API. An account from before July 2025 has no plan, and no limits of one.
 * The SDK's client for it is a package of its own; one call needs a signature only.
 */
export async function readAccountPlan({ sts }: Aws): Promise<'FREE' | 'PAID'> {
  const { credentials, sha256 } = sts.config;
  const signer = new SignatureV4({ credentials, sha256, service: 'freetier', region: 'us-east-1' });
  const url = new URL(process.env.AWS_ENDPOINT_URL ?? 'https://freetier.us-east-1.api.aws');
  const body = '{}';
  const signed = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    query: {},
    headers: { host: url.host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': TARGET },
    body,
  });
  // fetch sets the host itself.
  const headers = Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== 'host'));
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await response.text();
  if (response.ok) return (JSON.parse(text) as { accountPlanType: 'FREE' | 'PAID' }).accountPlanType;
  if (text.includes('ResourceNotFoundException')) return 'PAID';
  throw new Error(`AWS Free Tier responded with ${response.status}: ${text}`);
}
