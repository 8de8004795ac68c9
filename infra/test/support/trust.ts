const operators: Record<string, (wanted: string, given: string) => boolean> = {
  StringEquals: (wanted, given) => wanted === given,
  StringLike: (wanted, given) => new RegExp(`^${wanted.split('*').map(escapeRegExp).join('.*')}$`).test(given),
};

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a trust policy admits a web identity with these claims, as IAM evaluates its conditions. */
export function admits(trustPolicy: string, claims: Record<string, string>): boolean {
  const { Statement } = JSON.parse(trustPolicy);
  return Statement.some(({ Effect, Action, Condition }: any) => {
    if (Effect !== 'Allow' || Action !== 'sts:AssumeRoleWithWebIdentity')
      throw new Error('a statement of another kind');
    return Object.entries<Record<string, string>>(Condition).every(([operator, wanted]) =>
      Object.entries(wanted).every(([key, value]) => operators[operator]!(value, claims[key.split(':').at(-1)!] ?? '')),
    );
  });
}
