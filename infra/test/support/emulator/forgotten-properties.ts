/** By the element that names a resource: the field of a request that moto 5.2.1 ignores, and its element in a response. */
const FORGOTTEN: Record<string, { field: string; element: string }> = {
  DBInstanceIdentifier: { field: 'EnablePerformanceInsights', element: 'PerformanceInsightsEnabled' },
  AutoScalingGroupName: { field: 'MaxInstanceLifetime', element: 'MaxInstanceLifetime' },
};

/** moto 5.2.1 counts a launch template's own tags among those of what it launches. */
const OWN_TAGS = /<item><resourceType>launch-template<\/resourceType><tagSet>.*?<\/tagSet><\/item>/gs;

/** Gives resources of the query protocols back as they were asked for, so that a plan finds nothing to change. */
export class ForgottenProperties {
  /** What follows the element that names a resource. */
  private readonly properties = new Map<string, string>();

  /** @param body of a request: form fields */
  remember(body: string): void {
    const fields = new URLSearchParams(body);
    for (const [name, { field, element }] of Object.entries(FORGOTTEN))
      if (fields.has(name) && fields.has(field))
        this.properties.set(`<${name}>${fields.get(name)}</${name}>`, `<${element}>${fields.get(field)}</${element}>`);
  }

  /** @param body of a response: XML */
  complete(body: string): string {
    const completed = body.replace(OWN_TAGS, '');
    return [...this.properties].reduce((text, [name, rest]) => text.replaceAll(name, name + rest), completed);
  }
}
