export const ISSUER = 'token.actions.githubusercontent.com';
export const AUDIENCE = 'sts.amazonaws.com';

/** What a token may be issued for. A job that names a GitHub environment has another subject, and is refused. */
export const subjects = {
  deploy: (repository: string) => `repo:${repository}:ref:refs/tags/v*`,
  plan: (repository: string) => `repo:${repository}:pull_request`,
};

/** @param subject may contain `*` */
export const githubTrust = (providerArn: string, subject: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: providerArn },
        Condition: {
          StringEquals: { [`${ISSUER}:aud`]: AUDIENCE },
          StringLike: { [`${ISSUER}:sub`]: subject },
        },
      },
    ],
  });
