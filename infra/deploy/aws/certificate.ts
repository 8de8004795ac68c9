import { DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Aws } from './clients.ts';

/** A person may have to create the record, and DNS takes its time. */
const DEADLINE_MS = 60 * 60_000;

/**
 * Waits until ACM has issued a certificate, and says which DNS record it looks for.
 * @throws where ACM refuses it, or after an hour; the next deployment waits again
 */
export async function awaitCertificate(
  { acm }: Aws,
  CertificateArn: string,
  onProgress: (line: string) => void,
  everyMs = 5000,
): Promise<void> {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    if (Certificate?.Status === 'ISSUED') return;
    if (Certificate?.Status !== 'PENDING_VALIDATION')
      throw new Error(`ACM has not issued ${CertificateArn}: ${Certificate?.FailureReason ?? Certificate?.Status}.`);
    const { ResourceRecord: record } = Certificate.DomainValidationOptions?.[0] ?? {};
    const wanted = record ? `${record.Type} ${record.Name} → ${record.Value}` : 'a record that ACM has not named yet';
    if (Date.now() > end) throw new Error(`ACM has not found the DNS record ${wanted}. Create it, and deploy again.`);
    onProgress(`waiting for the DNS record ${wanted}`);
    await sleep(everyMs);
  }
}
