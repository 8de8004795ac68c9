import type { Handler } from '../control-plane/proxy.ts';

/** Names that Cloud Map gives to services: the ARN of a service's registry leads to its name. */
export class CloudMap {
  /** ARN of a registry → such as `database.stockroom-lab.internal`. */
  readonly names = new Map<string, string>();
  private readonly emulatorUrl: string;

  constructor(emulatorUrl: string) {
    this.emulatorUrl = emulatorUrl;
  }

  handlers(): Record<string, Handler> {
    return {
      'servicediscovery.CreateService': async (_, forward) => {
        const reply = await forward();
        if (reply.status === 200) {
          const { Service } = JSON.parse(reply.body) as { Service: Registered };
          const zone = await this.zoneNamed(Service.NamespaceId ?? Service.DnsConfig.NamespaceId);
          this.names.set(Service.Arn, `${Service.Name}.${zone}`.toLowerCase());
        }
        return reply;
      },
    };
  }

  private async zoneNamed(id: string): Promise<string> {
    const response = await fetch(this.emulatorUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'Route53AutoNaming_v20170314.GetNamespace',
        authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/servicediscovery/aws4_request',
      },
      body: JSON.stringify({ Id: id }),
    });
    const { Namespace } = (await response.json()) as { Namespace: { Name: string } };
    return Namespace.Name;
  }
}

interface Registered {
  Arn: string;
  Name: string;
  NamespaceId?: string;
  DnsConfig: { NamespaceId: string };
}
