import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environments } from '../environments/index.ts';
import { instanceCapacityIn, instancesAtRest, instanceTypeOf, tasksDuringDeployment } from '../sizing/capacity.ts';
import { all, one, synth } from './support/synth.ts';

/** The cells of each row of the table that begins with a row of these words. */
function tableOf(firstRow: RegExp): string[][] {
  const lines = readFileSync('docs/deploying.md', 'utf8').split('\n');
  const begin = lines.findIndex((line) => firstRow.test(line));
  const rest = lines.slice(begin);
  return rest
    .slice(
      0,
      rest.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) => line.split('|').map((cell) => cell.replaceAll('*', '').trim()));
}

/** `2 m7g.large × 0.0816 × 730`: a factor without a number of its own, such as a class, counts once. */
const product = (text: string): number =>
  text
    .split(' × ')
    .map((factor) => Number(/^[\d.]+(?= |$)/.exec(factor)?.[0] ?? 1))
    .reduce((result, factor) => result * factor, 1);

describe.each([
  ['sandbox', 2],
  ['production', 4],
])('The costs of %s in docs/deploying.md', (name, column) => {
  const costs = tableOf(/^\| +\| sandbox/).slice(2);
  const row = (title: string) => costs.find(([, cell]) => cell!.startsWith(title))![column]!;
  const made = synth(name);

  it('add up', () => {
    const [total, ...rows] = [...costs].reverse();
    const shown = rows.filter((it) => it[column] !== 'none');
    for (const it of shown) expect([it[1], it[column + 1]]).toEqual([it[1], product(it[column]!).toFixed(2)]);
    const sum = shown.reduce((result, it) => result + Number(it[column + 1]), 0);
    expect(total![column + 1]).toBe(sum.toFixed(2));
  });

  it('are those of what is deployed', () => {
    const group = one(made, 'aws_autoscaling_group');
    const { instance_type } = group.mixed_instances_policy.launch_template.override[0];
    const database = one(made, 'aws_db_instance');
    const nats = all(made, 'aws_nat_gateway').length;
    // A load balancer has an address in each of two zones; an instance without a NAT gateway has one of its own.
    const instances = instancesAtRest(environments[name]!({}));
    const addresses = 2 + (nats || instances);
    const alarms = all(made, 'aws_cloudwatch_metric_alarm').map(
      ({ metric_query = [{ metric: {} }] }) => metric_query.filter(({ metric }: any) => metric).length,
    );
    // Target tracking makes two alarms for each policy.
    const metrics = alarms.reduce((sum, count) => sum + count, 2 * all(made, 'aws_appautoscaling_policy').length);
    const counted = (title: string) => row(title).split(' × ')[0];
    expect({
      instances: counted('instances'),
      loadBalancers: counted('load balancers'),
      addresses: counted('public IPv4'),
      nats: counted('NAT'),
      database: counted('database'),
      disk: counted('its disk'),
      secrets: counted('secrets'),
      metrics: counted('alarm metrics'),
    }).toEqual({
      instances: `${instances} ${instance_type}`,
      loadBalancers: `${all(made, 'aws_lb').length}`,
      addresses: `${addresses}`,
      nats: nats ? `${nats}` : 'none',
      database: `${database.instance_class}${database.multi_az ? ', two zones' : ''}`,
      disk: `${database.allocated_storage}`,
      secrets: `${all(made, 'aws_secretsmanager_secret').length}`,
      metrics: `${metrics}`,
    });
  });
});

it('shows what the tasks of the lab take during a deployment, and what two t2.micro leave them', () => {
  const lab = environments.lab!({});
  const [, api, , , , gateway] = tasksDuringDeployment(lab, 'desiredCount');
  const [database] = tasksDuringDeployment(lab, 'desiredCount');
  const { cpu, memoryMiB } = instanceCapacityIn(lab, instanceTypeOf(lab)!);
  const sum = (of: 'cpu' | 'memoryMiB') =>
    tasksDuringDeployment(lab, 'desiredCount').reduce((total, task) => total + task[of], 0);
  const rows = tableOf(/^\| +\| CPU units/).slice(2);
  expect(rows.map((row) => row.slice(1, 4))).toEqual([
    ['API, 4 tasks', `4 × ${api!.cpu}`, `4 × ${api!.memoryMiB}`],
    ['gateway, 4 tasks', `4 × ${gateway!.cpu}`, `4 × ${gateway!.memoryMiB}`],
    ['database', `${database!.cpu}`, `${database!.memoryMiB}`],
    ['together', `${sum('cpu')} of ${2 * cpu}`, `${sum('memoryMiB')} of ${2 * memoryMiB}`],
  ]);
});
