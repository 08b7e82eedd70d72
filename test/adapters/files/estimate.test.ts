import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { planFiles } from '../../../src/adapters/files/plan/index.ts';
import { billFolder } from './open-bills.ts';

const folder = billFolder();
const HEADINGS =
  'Group hierarchy,Region,Description,Service,Upfront,Monthly,First 12 months total,Currency,Status,Configuration summary';
const LINES = [
  'Move > Shop > Web,Asia Pacific (Tokyo),web,Amazon EC2 ,0,895.6499999999999,10747.80,USD,,"Tenancy (Shared Instances), Workload (Consistent, Number of instances: 1)"',
  'Move > Shop > Web,Asia Pacific (Tokyo),,Application Load Balancer,0,17.74,212.88,USD,,"Number (1)\n, more"',
  'Move > Archive,Asia Pacific (Tokyo),,S3 Standard,0,"6,560.05","78,720.60",USD,,S3 Standard storage (4 TB per month)',
];
const exported = ({ monthly = '7473.44', lines = LINES, headings = HEADINGS } = {}) =>
  [
    'Estimate summary',
    'Upfront cost,Monthly cost,Total 12 months cost,Currency',
    `0,${monthly},89681.28,USD`,
    ',,* Includes upfront cost',
    '',
    '',
    'Detailed Estimate',
    headings,
    ...lines,
    '',
    '',
    'Acknowledgement',
    '"* An estimate only, without taxes."',
  ].join('\n');

describe('an estimate of the AWS Pricing Calculator', () => {
  it('is a plan with a workload for each group, in the order of the file, and nothing that they match', () => {
    const plan = read(exported());
    expect(plan).toMatchObject({ name: 'Move', currency: 'USD', taxIncluded: false, waves: [{ cutOver: '2026-04-01' }] });
    expect(
      plan.waves[0]?.workloads.map(({ name, matches, lines }) => [
        name,
        matches.accountIds,
        lines.map((line) => [line.serviceName, line.expectedMonthlyCost]),
      ]),
    ).toEqual([
      [
        'Shop > Web',
        [],
        [
          ['Amazon EC2', '895.65'],
          ['Application Load Balancer', '17.74'],
        ],
      ],
      ['Archive', [], [['S3 Standard', '6560.05']]],
    ]);
  });

  it('counts each line in cents in its total, as the calculator does', () => {
    const line = (monthly: string) => `Move,US East (Ohio),,Amazon RDS for MySQL,0,${monthly},0,USD,,x`;
    const lines = ['11', '5.05', '231.23855', '412.764'].map(line);
    expect(read(exported({ lines, monthly: '660.0499999999998' })).waves[0]?.workloads[0]?.lines).toHaveLength(4);
    expect(() => read(exported({ lines, monthly: '660.08' }))).toThrow(/lines sum to 660\.05255/);
  });

  it('is read as it was before 2021: no summary, no description, a total at the end', () => {
    const text = [
      'Group hierarchy,Region,Service,Upfront,Monthly,First 12 months total,Currency,Configuration summary',
      'My Estimate,US East (N. Virginia),Amazon EC2,0,9473.85,113686.20,USD,x',
      ',,,,,,,',
      'Total:,9473.85,113686.20,USD',
    ].join('\n');
    expect(read(text).waves[0]?.workloads).toMatchObject([{ name: 'My Estimate', lines: [{ expectedMonthlyCost: '9473.85' }] }]);
  });

  it('is a plan that "plan import" reads back, as a table too', async () => {
    const plan = read(exported());
    const file = path.join(folder.path, 'plan.csv');
    fs.writeFileSync(file, await planFiles.bytes(plan, 'csv', 'en'));
    expect((await planFiles.read(file)).problems).toEqual([]);
  });

  it.each([
    ['whose lines miss its total', exported({ monthly: '7473.40' }), 'NOT_RECONCILED', /7473\.4; its lines sum to 7473\.44/],
    [
      'with an upfront cost',
      exported({ lines: [(LINES[0] ?? '').replace(',0,', ',500,')] }),
      'INVALID_INPUT',
      /upfront cost in row 9 \(Amazon EC2\)/,
    ],
    [
      'with a cost that is none',
      exported({ lines: [(LINES[1] ?? '').replace('17.74', 'n/a')] }),
      'INVALID_INPUT',
      /cannot be read in row 9/,
    ],
    [
      'in two currencies',
      exported({ lines: [LINES[0] ?? '', (LINES[1] ?? '').replace('USD', 'JPY')], monthly: '913.39' }),
      'INVALID_INPUT',
      /in row 10, in JPY/,
    ],
    [
      'in another language',
      exported({ headings: 'Hierarquia de grupos,Região,Serviço' }),
      'INVALID_INPUT',
      /no row with Group hierarchy/,
    ],
    ['without lines', exported({ lines: [] }), 'INVALID_INPUT', /has no lines/],
  ])('%s is refused', (_, text, code, why) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(why) }));
  });
});

function read(text: string) {
  const file = path.join(folder.path, 'My Estimate.csv');
  fs.writeFileSync(file, text);
  return planFiles.ofEstimate(file, '2026-04-01');
}
