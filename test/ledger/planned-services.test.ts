import { expect, it } from 'vitest';
import { SERVICE, servicesPlannedAs } from '../../src/ledger/service.ts';

it.each([
  ['Amazon EC2', [SERVICE.ec2Compute, SERVICE.ec2Other]],
  ['Amazon RDS for MySQL', [SERVICE.rds]],
  ['Amazon Aurora PostgreSQL-Compatible DB', [SERVICE.rds]],
  ['S3 Standard', [SERVICE.s3]],
  ['Application Load Balancer', [SERVICE.elb]],
  ['AWS Web Application Firewall (WAF)', [SERVICE.waf]],
  ['Amazon Virtual Private Cloud (VPC)', [SERVICE.vpc]],
  ['AWS Fargate', [SERVICE.ecs, SERVICE.eks]],
  ['Amazon Elastic Container Registry', [SERVICE.ecr]],
])('the calculator calls %s what the bill calls %j', (name, services) => {
  expect(servicesPlannedAs(name)).toEqual(services);
});

it('leaves a name of the bill as it is, short form or not', () => {
  for (const name of Object.values(SERVICE)) expect(servicesPlannedAs(name)).toEqual([name]);
});

it('keeps a name that it does not know, beside the one without its short form', () => {
  expect(servicesPlannedAs('Amazon Route 53')).toEqual(['Amazon Route 53']);
  expect(servicesPlannedAs('Amazon Simple Queue Service (SQS)')).toEqual([
    'Amazon Simple Queue Service',
    'Amazon Simple Queue Service (SQS)',
  ]);
});
