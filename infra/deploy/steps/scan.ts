import { serviceNames } from '../../environments/environment.ts';
import { repositoryNames } from '../../environments/names.ts';
import { scanFindings } from '../aws/image-scan.ts';
import type { Deployment } from '../deployment.ts';
import type { Step } from './step.ts';

/** With `SCAN`: nothing is deployed with a known vulnerability of that severity or worse. */
export const scan: Step = {
  title: 'Scan',
  skip: ({ refusedSeverity }) => (refusedSeverity ? undefined : 'SCAN names no severity'),
  run: async ({ aws, environment, refusedSeverity, images }, onProgress) => {
    const severity = refusedSeverity!;
    const problems: string[] = [];
    for (const service of serviceNames) {
      onProgress(service);
      const imageDigest = digestOf(images, service);
      const findings = await scanFindings(
        aws,
        { repositoryName: repositoryNames(environment)[service], imageDigest },
        severity,
      );
      if (findings.length > 0) problems.push(`${service}: ${findings.join('\n')}`);
    }
    if (problems.length > 0)
      throw new Error(
        `${problems.join('\n')}\nBuild on a newer base image (BASE_IMAGE), or deploy with another SCAN. The services have not changed.`,
      );
    return `no finding of ${severity} or worse`;
  },
};

function digestOf(images: Deployment['images'], service: (typeof serviceNames)[number]): string {
  const digest = images[service]?.split('@')[1];
  if (!digest) throw new Error(`SCAN needs the ${service} image by its digest: repository@sha256:…`);
  return digest;
}
