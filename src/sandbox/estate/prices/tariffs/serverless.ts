import { type Tariff, tariff } from '../tariff-line.ts';

const LAMBDA = ['AWS Lambda', 'AWSLambda'] as const;
const ECS = ['Amazon Elastic Container Service', 'AmazonECS'] as const;

/** Graviton and what is kept warm, beside the plain meters of the first list. */
export const serverlessTariffs = {
  lambdaArmSeconds: tariff(
    LAMBDA,
    'Serverless',
    ['Lambda-GB-Second-ARM', 'Invoke', 'Lambda-GB-Second'],
    ['0.0000133334', '0.0000133334'],
  ),
  lambdaArmRequests: tariff(LAMBDA, 'Serverless', ['Request-ARM', 'Invoke', 'Requests'], ['0.0000002', '0.0000002']),
  lambdaProvisioned: tariff(
    LAMBDA,
    'Serverless',
    ['Lambda-Provisioned-Concurrency', 'ProvisionedConcurrency', 'Lambda-GB-Second'],
    ['0.0000041667', '0.0000053835'],
  ),
  lambdaProvisionedSeconds: tariff(
    LAMBDA,
    'Serverless',
    ['Lambda-Provisioned-GB-Second', 'Invoke', 'Lambda-GB-Second'],
    ['0.0000097222', '0.0000125615'],
  ),
  fargateArmVcpu: tariff(ECS, 'Compute', ['Fargate-ARM-vCPU-Hours:perCPU', 'FargateTask', 'hours'], ['0.03238', '0.04045'], {
    cputype: 'perCPU',
    cpuArchitecture: 'ARM',
  }),
  fargateArmGb: tariff(ECS, 'Compute', ['Fargate-ARM-GB-Hours', 'FargateTask', 'hours'], ['0.00356', '0.00442'], {
    memorytype: 'perGB',
    cpuArchitecture: 'ARM',
  }),
} as const satisfies Record<string, Tariff>;
