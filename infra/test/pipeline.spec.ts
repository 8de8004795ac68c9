import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { settings } from '../environments/settings/settings.ts';
import { Pipeline } from '../environments/settings/pipeline.ts';
import { all, one, synth, type Synthesised } from './support/synth.ts';
import { admits } from './support/trust.ts';

const withPipeline = (given: Partial<Pipeline> = {}): Synthesised =>
  synth('production', (environment) => {
    environment.stateBucket = 'states';
    environment.pipeline = settings(Pipeline, { repository: 'octo@1/stock@2', ...given });
  });
const pipeline = withPipeline();
const roleOf = (synthesised: Synthesised, name: string) =>
  one(synthesised, 'aws_iam_role', { name: `stockroom-production-${name}` });
const statementsOf = (name: string): any[] =>
  JSON.parse(one(pipeline, 'aws_iam_role_policy', { name }).policy).Statement;

describe('The trust of the pipeline’s roles', () => {
  const token = (sub: string, aud = 'sts.amazonaws.com') => ({ sub, aud });
  const repository = 'repo:octo@1/stock@2';

  it.each([
    ['a tag of a version', token(`${repository}:ref:refs/tags/v1.2.3`), ['deploy']],
    ['a pull request', token(`${repository}:pull_request`), ['plan']],
    ['a branch', token(`${repository}:ref:refs/heads/main`), []],
    ['a branch named like a tag', token(`${repository}:ref:refs/heads/refs/tags/v1`), []],
    ['another tag', token(`${repository}:ref:refs/tags/nightly`), []],
    ['a job of a GitHub environment', token(`${repository}:environment:production`), []],
    ['another repository', token('repo:octo@1/other@3:ref:refs/tags/v1.2.3'), []],
    ['a later repository of the same name', token('repo:octo@1/stock@9:ref:refs/tags/v1.2.3'), []],
    ['a repository with a longer name', token('repo:octo@1/stock@22:pull_request'), []],
    ['another audience', token(`${repository}:ref:refs/tags/v1.2.3`, 'https://github.com/octo'), []],
  ])('admits %s to exactly the roles that it should', (_, claims, roles) => {
    const trusting = ['deploy', 'plan'].filter((name) => admits(roleOf(pipeline, name).assume_role_policy, claims));
    expect(trusting).toEqual(roles);
  });

  it('is for GitHub’s identity provider, which is created once in an account and looked up otherwise', () => {
    expect(one(pipeline, 'aws_iam_openid_connect_provider')).toMatchObject({
      url: 'https://token.actions.githubusercontent.com',
      client_id_list: ['sts.amazonaws.com'],
    });
    const second = withPipeline({ identityProvider: 'existing' });
    expect(all(second, 'aws_iam_openid_connect_provider')).toEqual([]);
    expect(JSON.parse(roleOf(second, 'deploy').assume_role_policy).Statement[0].Principal.Federated).toMatch(
      /^\$\{data\.aws_iam_openid_connect_provider\./,
    );
  });
});

describe('The role that deploys', () => {
  const [creating, ...others] = statementsOf('deploy');

  it('creates and changes only roles of the environment, and only with the permissions boundary', () => {
    expect(creating).toMatchObject({
      Effect: 'Allow',
      Resource: [expect.stringMatching(/:role\/stockroom-production-\*$/)],
      Condition: { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/PowerUserAccess' } },
    });
    const boundless = others.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
    expect(boundless.filter((action) => /^iam:(CreateRole|Attach|PutRole|.*Boundary)/.test(action))).toEqual([]);
    for (const { Resource } of others)
      for (const resource of Resource) expect(resource).toMatch(/:(role|instance-profile)\/stockroom-production-/);
  });

  it('passes roles to the services that use them, and to no other', () => {
    const { Condition } = others.find(({ Action }) => Action.includes('iam:PassRole'));
    expect(Condition.StringEquals['iam:PassedToService']).toEqual([
      'ecs-tasks.amazonaws.com',
      'ec2.amazonaws.com',
      'vpc-flow-logs.amazonaws.com',
    ]);
    const trusted = all(synth('production'), 'aws_iam_role').map(
      ({ assume_role_policy }) => JSON.parse(assume_role_policy).Statement[0].Principal.Service,
    );
    expect(new Set(trusted)).toEqual(new Set(Condition.StringEquals['iam:PassedToService']));
  });

  it('can change neither of the pipeline’s own roles', () => {
    const denied = others.find(({ Effect }) => Effect === 'Deny');
    expect(denied).toMatchObject({
      Action: ['iam:*'],
      Resource: [
        expect.stringMatching(/role\/stockroom-production-deploy$/),
        expect.stringMatching(/role\/stockroom-production-plan$/),
      ],
    });
  });
});

it('gives the role that plans the lock of the state and the environment’s secrets, beside read access', () => {
  expect(statementsOf('plan').map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [['s3:PutObject', 's3:DeleteObject'], ['arn:aws:s3:::states/stockroom-production/*.tflock']],
    [['secretsmanager:GetSecretValue'], [expect.stringMatching(/:secret:stockroom-production\/\*$/)]],
    [['secretsmanager:GetRandomPassword'], ['*']],
  ]);
  expect(
    one(pipeline, 'aws_iam_role_policy_attachment', { policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }).role,
  ).toMatch(/plan/);
});

it.each([
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('bounds every role that a deployment creates in %s by the policy of its partition, %s', (region, partition) => {
  const synthesised = synth('production', (environment) => (environment.region = region));
  const boundaries = all(synthesised, 'aws_iam_role').map((role) => role.permissions_boundary);
  expect(new Set(boundaries)).toEqual(new Set([`arn:${partition}:iam::aws:policy/PowerUserAccess`]));
});

describe('The workflows', () => {
  const folder = '.github/workflows';
  const workflows: Record<string, any> = Object.fromEntries(
    readdirSync(folder).map((file) => [file.replace('.yml', ''), parse(readFileSync(`${folder}/${file}`, 'utf8'))]),
  );
  const jobs = Object.entries(workflows).flatMap(([name, { jobs }]) =>
    Object.values<any>(jobs).map((job) => ({ name, ...job })),
  );
  const steps = jobs.flatMap(({ name, steps = [] }) => steps.map((step: any) => ({ name, ...step })));

  it('check every push and pull request, deploy a tag of a version after the same checks, and plan a pull request', () => {
    expect(Object.keys(workflows)).toEqual(['ci', 'deploy', 'plan']);
    expect(Object.keys(workflows.ci.on)).toEqual(['push', 'pull_request', 'workflow_call']);
    expect(workflows.deploy.on).toEqual({ push: { tags: ['v*'] } });
    expect(workflows.deploy.jobs).toMatchObject({
      ci: { uses: './.github/workflows/ci.yml' },
      deploy: { needs: 'ci' },
    });
    expect(workflows.plan.on).toBe('pull_request');
  });

  it('use actions by their commit', () => {
    for (const { uses } of [...jobs, ...steps].filter((it) => it.uses && !it.uses.startsWith('./')))
      expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  it('may do no more than read the source, and only the jobs that call AWS ask for a token', () => {
    for (const { permissions } of Object.values(workflows))
      expect([{}, { contents: 'read' }]).toContainEqual(permissions);
    const asking = jobs.filter(({ permissions }) => permissions?.['id-token']);
    expect(asking.map(({ name, permissions }) => [name, permissions])).toEqual(
      ['deploy', 'plan'].map((name) => [name, { contents: 'read', 'id-token': 'write' }]),
    );
  });

  it('have no long-lived keys, and write nothing that a pull request names into a command', () => {
    const text = readdirSync(folder)
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
      .join('');
    expect(text).not.toMatch(/secrets\.|aws-access-key-id|pull_request_target/);
    for (const { run } of steps.filter((step) => step.run)) expect(run).not.toContain('${{');
  });

  it('run commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const commands = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run (?:--silent )?([\w-]+)/g)]);
    expect(commands.map(([, name]) => name)).toEqual(['deploy', 'diff']);
    for (const [, name] of commands) expect(Object.keys(scripts)).toContain(name);
  });
});
