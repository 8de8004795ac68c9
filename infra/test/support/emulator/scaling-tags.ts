import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

const SERVICE = 'AnyScaleFrontendService.';

/** The tags of scalable targets: moto 5.2.1 knows none, and the provider asks for them for minutes. */
export class ScalingTags {
  private readonly tags = new Map<string, Record<string, string>>();

  knows = (target: string): boolean =>
    /\.(TagResource|UntagResource|ListTagsForResource)$/.test(target) && target.startsWith(SERVICE);

  /** @returns moto's response to the registration, as it was */
  remember(registration: string, response: string): string {
    const { Tags } = JSON.parse(registration) as { Tags?: Record<string, string> };
    if (Tags) this.tags.set((JSON.parse(response) as { ScalableTargetARN: string }).ScalableTargetARN, Tags);
    return response;
  }

  async response(target: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { ResourceARN, Tags } = (await json(incoming)) as { ResourceARN: string; Tags?: Record<string, string> };
    if (Tags) this.tags.set(ResourceARN, { ...this.tags.get(ResourceARN), ...Tags });
    const response = target.endsWith('.ListTagsForResource') ? { Tags: this.tags.get(ResourceARN) ?? {} } : {};
    outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(response));
  }
}
