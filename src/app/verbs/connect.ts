import { Option } from 'commander';
import { connect as connectVerb } from '../../operations/connect.ts';
import type { Verb } from '../command.ts';

interface ConnectOptions {
  readonly name?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}

const DEFAULT_REGION = 'us-east-1';

/** Keeps a way into AWS: where the credentials come from, never the credentials. */
export const connect: Verb<ConnectOptions> = {
  name: 'connect',
  summary: 'connect an AWS payer or account, with the credentials of this environment or of a profile',
  examples: ['connect --tenant acme', 'connect --tenant acme --profile billing --name payer'],
  options: [
    new Option('--name <text>', 'what to call it; left out: aws-<account>'),
    new Option('--profile <name>', 'a profile of the AWS configuration; left out: the default credential chain'),
    new Option('--region <id>', 'region of the clients; left out: AWS_REGION, else us-east-1'),
    new Option('--endpoint-url <url>', 'another endpoint than AWS; left out: AWS_ENDPOINT_URL… of the environment, else AWS'),
  ],
  run: async (tools, options) => {
    const way = {
      credentials: { kind: 'chain' as const, profile: options.profile ?? null },
      regionId: options.region ?? tools.config.awsRegion ?? DEFAULT_REGION,
      endpointUrl: options.endpointUrl ?? null,
    };
    // Asked once before a tenant is made for it: refused credentials leave nothing behind.
    await (await tools.house()).ports.costSource.identify(way);
    const context = await tools.context({ create: true });
    const { connection, callerArn } = await connectVerb(context, { ...way, name: options.name ?? null });
    return {
      document: { connection, callerArn },
      text: `Connected ${connection.name}: account ${connection.payerAccountId}, as ${callerArn}.\nNext: npx --no-install cost-pillar sync`,
    };
  },
};
