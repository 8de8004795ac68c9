import { describe, expect, it } from '@jest/globals';
import { allows, type Statement } from '../../rehearsal/account/iam.ts';
import { admits, contains, sourceSeenBy } from '../../rehearsal/account/security-groups.ts';

describe('a security group', () => {
  const inside = { address: '10.9.0.7', groups: ['sg-tasks'] };
  const fromGroup = [{ IpProtocol: 'tcp', FromPort: 3000, ToPort: 3000, UserIdGroupPairs: [{ GroupId: 'sg-tasks' }] }];

  it('admits nothing by itself', () => {
    expect(admits([], 3000, inside)).toBe(false);
  });

  it('admits members of a group on its ports only', () => {
    expect([2999, 3000, 3001].map((port) => admits(fromGroup, port, inside))).toEqual([false, true, false]);
    expect(admits(fromGroup, 3000, { ...inside, groups: [] })).toBe(false);
  });

  it('admits addresses of its ranges, and every port where it names all protocols', () => {
    const range = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.9.0.0/16' }] }];
    expect(admits(range, 5432, { address: '10.9.255.1', groups: [] })).toBe(true);
    expect(admits(range, 5432, { address: '10.10.0.1', groups: [] })).toBe(false);
  });

  it.each([
    ['0.0.0.0/0', '203.0.113.9', true],
    ['10.9.0.0/24', '10.9.0.255', true],
    ['10.9.0.0/24', '10.9.1.0', false],
    ['54.1.2.3/32', '54.1.2.3', true],
    ['54.1.2.3/32', '54.1.2.4', false],
  ])('says of %s whether it contains %s: %s', (range, address, expected) => {
    expect(contains(range, address)).toBe(expected);
  });
});

describe('the source that a load balancer sees of a task', () => {
  const task = { privateAddress: '10.9.0.7', publicAddress: '54.1.2.3', groups: ['sg-tasks'] };

  it('is the address and groups of its instance where the load balancer is internal', () => {
    expect(sourceSeenBy('internal', task)).toEqual({ address: '10.9.0.7', groups: ['sg-tasks'] });
  });

  it('is the public address, a member of no group, where the load balancer is internet-facing', () => {
    expect(sourceSeenBy('internet-facing', task)).toEqual({ address: '54.1.2.3', groups: [] });
    const behindNat = { privateAddress: '10.9.0.7', natAddress: '54.9.9.9', groups: ['sg-tasks'] };
    expect(sourceSeenBy('internet-facing', behindNat)).toEqual({ address: '54.9.9.9', groups: [] });
  });

  it('is none where no way leads out of the VPC', () => {
    expect(sourceSeenBy('internet-facing', { privateAddress: '10.9.0.7', groups: [] })).toBeUndefined();
  });
});

describe('the policies of an execution role', () => {
  const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:stockroom/signing-key-AbCdEf';
  const read = 'secretsmanager:GetSecretValue';
  const allow = (change: Partial<Statement> = {}): Statement => ({
    Effect: 'Allow',
    Action: read,
    Resource: secret,
    ...change,
  });

  it.each<[string, Statement[], boolean]>([
    ['no statement', [], false],
    ['the action on the resource', [allow()], true],
    ['another resource', [allow({ Resource: `${secret}x` })], false],
    ['a resource with wildcards', [allow({ Resource: 'arn:aws:secretsmanager:*:secret:stockroom/*-??????' })], true],
    ['all actions of the service, in other case', [allow({ Action: ['ecr:*', 'SecretsManager:*'] })], true],
    ['another action', [allow({ Action: 'secretsmanager:DescribeSecret' })], false],
    ['a deny beside the allow', [allow(), allow({ Effect: 'Deny', Resource: '*' })], false],
  ])('with %s: %j → %s', (_, statements, expected) => {
    expect(allows(statements, read, secret)).toBe(expected);
  });
});
