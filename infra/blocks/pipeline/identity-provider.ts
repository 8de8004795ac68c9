import { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider/index.js';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js';
import type { Construct } from 'constructs';
import type { Pipeline } from '../../environments/settings/pipeline.ts';
import { AUDIENCE, ISSUER } from './trust.ts';

/** @returns the ARN of GitHub's identity provider in the account; AWS checks its certificate against public authorities */
export function createOrLookUpIdentityProvider(scope: Construct, { identityProvider }: Pipeline): string {
  const url = `https://${ISSUER}`;
  return identityProvider === 'existing'
    ? new DataAwsIamOpenidConnectProvider(scope, 'identity-provider', { url }).arn
    : new IamOpenidConnectProvider(scope, 'identity-provider', { url, clientIdList: [AUDIENCE] }).arn;
}
