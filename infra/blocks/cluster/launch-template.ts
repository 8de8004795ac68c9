import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { NewCluster } from '../../environments/settings/cluster.ts';
import { instanceTypeOf } from '../../sizing/capacity.ts';
import { userData } from './user-data.ts';

/** The ECS-optimised Amazon Linux 2023, its newest, encrypted, IMDSv2 only, without an SSH key. */
export function createLaunchTemplate(
  scope: Construct,
  environment: Environment,
  settings: NewCluster,
  profileName: string,
  securityGroupId: string,
): LaunchTemplate {
  const { prefix, name } = environment;
  const folder = instanceTypeOf(environment)?.architecture === 'arm64' ? 'arm64/' : '';
  const image = new DataAwsSsmParameter(scope, 'machine-image', {
    name: `/aws/service/ecs/optimized-ami/amazon-linux-2023/${folder}recommended/image_id`,
  });
  const tags = { Name: prefix, project: 'stockroom', environment: name };
  return new LaunchTemplate(scope, 'launch-template', {
    name: prefix,
    // The plain value: `value` is marked as a secret, and every plan would hide the template's changes.
    imageId: image.insecureValue,
    instanceType: settings.instanceTypes[0],
    iamInstanceProfile: { name: profileName },
    vpcSecurityGroupIds: [securityGroupId],
    userData: Fn.base64encode(userData(prefix)),
    updateDefaultVersion: true,
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: settings.metadataHopLimit,
    },
    blockDeviceMappings: [
      {
        deviceName: '/dev/xvda',
        ebs: { volumeSize: settings.volumeGiB, volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' },
      },
    ],
    tagSpecifications: [
      { resourceType: 'instance', tags },
      { resourceType: 'volume', tags },
    ],
  });
}
