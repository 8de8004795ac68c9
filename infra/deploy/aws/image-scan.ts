import {
  DescribeImageScanFindingsCommand,
  type DescribeImageScanFindingsCommandOutput,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Aws, isAwsError } from './clients.ts';

/** Amazon ECR's severities, the worst first. */
const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type Severity = (typeof severities)[number];

/** @throws naming the severities that there are */
export function parseSeverity(given: string): Severity {
  const severity = severities.find((known) => known === given.toUpperCase());
  if (!severity) throw new Error(`SCAN is ${severities.join(', ').toLowerCase()} or unset, not ${given}.`);
  return severity;
}

const EVERY_MS = 3_000;
/** A scan usually takes less than a minute; Amazon Inspector's first one of a repository some minutes. */
const DEADLINE_MS = 10 * 60_000;
const SHOWN = 10;

export interface ScannedImage {
  repositoryName: string;
  imageDigest: string;
}

/**
 * Waits for the registry's scan of an image.
 * @returns how many findings it has of this severity or worse, and the worst of them by name; empty: none
 * @throws where the registry cannot scan it, or has not within the deadline
 */
export async function scanFindings(
  aws: Aws,
  image: ScannedImage,
  atLeast: Severity,
  { everyMs = EVERY_MS, deadlineMs = DEADLINE_MS } = {},
): Promise<string[]> {
  const { imageScanFindings } = await finishedScan(aws, image, everyMs, deadlineMs);
  const refused: readonly string[] = severities.slice(0, severities.indexOf(atLeast) + 1);
  const counts = imageScanFindings?.findingSeverityCounts ?? {};
  const total = refused.reduce((sum, severity) => sum + (counts[severity as Severity] ?? 0), 0);
  if (total === 0) return [];
  // Basic scanning fills the first list, Amazon Inspector the second.
  const { findings = [], enhancedFindings = [] } = imageScanFindings!;
  const named = [
    ...findings.map(({ severity, name, uri }) => ({ severity, name, uri })),
    ...enhancedFindings.map(({ severity, title, packageVulnerabilityDetails }) => ({
      severity,
      name: title,
      uri: packageVulnerabilityDetails?.sourceUrl,
    })),
  ]
    .filter(({ severity }) => refused.includes(severity ?? ''))
    .sort((a, b) => refused.indexOf(a.severity!) - refused.indexOf(b.severity!))
    .slice(0, SHOWN)
    .map(({ severity, name, uri }) => `  ${severity} ${name}${uri ? ` (${uri})` : ''}`);
  return [`${total} ${total === 1 ? 'finding' : 'findings'} of ${atLeast} or worse`, ...named];
}

async function finishedScan(
  aws: Aws,
  { repositoryName, imageDigest }: ScannedImage,
  everyMs: number,
  deadlineMs: number,
): Promise<DescribeImageScanFindingsCommandOutput> {
  const image = { repositoryName, imageId: { imageDigest } };
  const end = Date.now() + deadlineMs;
  for (;;) {
    const scan = await aws.ecr.send(new DescribeImageScanFindingsCommand(image)).catch(async (error: unknown) => {
      if (!isAwsError(error, 'ScanNotFoundException')) throw error;
      // A repository that is looked up may not scan by itself.
      await aws.ecr.send(new StartImageScanCommand(image));
      return undefined;
    });
    const { status = 'PENDING', description = '' } = scan?.imageScanStatus ?? {};
    if (scan && (status === 'COMPLETE' || status === 'ACTIVE')) return scan;
    if (status !== 'PENDING' && status !== 'IN_PROGRESS')
      throw new Error(`The registry cannot scan ${repositoryName}@${imageDigest}: ${status} ${description}`.trim());
    if (Date.now() > end)
      throw new Error(`${repositoryName}@${imageDigest} has no scan result after ${deadlineMs / 60_000} minutes.`);
    await sleep(everyMs);
  }
}
