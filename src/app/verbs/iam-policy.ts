import { Option } from 'commander';
import { exportArns } from '../../adapters/aws/exports/arns.ts';
import { permissionsFor } from '../../adapters/aws/permissions.ts';
import { placeOf } from '../../operations/connect-export.ts';
import type { Verb } from '../command.ts';

interface IamPolicyOptions {
  readonly billingViewArn?: string;
  readonly export?: string;
}

/** The least that the sources need in a customer's account; from the lists beside the code that asks. */
export const iamPolicy: Verb<IamPolicyOptions> = {
  name: 'iam-policy',
  summary: 'the least-privilege policy for the role that Cost Pillar reads with, from the sources it uses',
  examples: ['iam-policy', 'iam-policy --json > policy.json'],
  options: [
    new Option('--billing-view-arn <arn>', 'for a connection of this billing view, which reads nothing else').conflicts([
      'export',
    ]),
    new Option('--export <address>', 'also allow reading this export of the bill: s3://bucket/prefix/name'),
  ],
  run: async (_tools, options) => {
    const statements = permissionsFor({
      billingViewArn: options.billingViewArn ?? null,
      exportArns: options.export === undefined ? [] : exportArns(placeOf(options.export)),
    });
    const document = {
      Version: '2012-10-17',
      Statement: statements.map(({ sid, actions, resources }) => ({
        Sid: sid,
        Effect: 'Allow',
        Action: actions,
        Resource: resources,
      })),
    };
    const reasons = statements.map(({ sid, because }) => `${sid}: ${because}`);
    return { document, text: [JSON.stringify(document, null, 2), ...reasons].join('\n') };
  },
};
