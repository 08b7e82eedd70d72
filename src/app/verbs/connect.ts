import { Option } from 'commander';
import { AdvisorError, isAdvisorError } from '../../kernel/failure.ts';
import type { PriceView } from '../../ledger/charge.ts';
import { ROLE_TEMPLATES, type RoleTemplate } from '../../operations/connect/role-template.ts';
import { connect as connectVerb } from '../../operations/connect.ts';
import { connectExport } from '../../operations/connect-export.ts';
import { connectRole } from '../../operations/connect-role.ts';
import { offerRole } from '../../operations/offer-role.ts';
import type { Connection } from '../../operations/ports/connections.ts';
import { EXPORT_KINDS, type ExportKind } from '../../operations/ports/export-source.ts';
import type { Verb, VerbResult, VerbTools } from '../command.ts';

interface ConnectOptions {
  readonly name?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly roleFor?: string;
  readonly template: RoleTemplate;
  readonly roleArn?: string;
  readonly billingViewArn?: string;
  readonly priceView?: PriceView;
  readonly export?: string;
  readonly exportKind: ExportKind;
}

const DEFAULT_REGION = 'us-east-1';

/** Keeps a way into AWS: where the credentials come from, never the credentials. */
export const connect: Verb<ConnectOptions> = {
  name: 'connect',
  summary:
    'connect an AWS payer or account: by the credentials of this environment or of a profile, or by a role of the customer',
  examples: [
    'connect --tenant acme',
    'connect --tenant acme --profile billing --name payer',
    'connect --tenant acme --role-for 111122223333 --template terraform',
    'connect --tenant acme --role-arn arn:aws:iam::111122223333:role/cost-pillar/cost-pillar-reader',
    'connect --tenant acme --name payer --export s3://acme-billing/cur/daily',
    'connect --tenant acme --billing-view-arn arn:aws:billing::111122223333:billingview/billing-group-444455556666',
  ],
  options: [
    new Option('--name <text>', 'what to call it; left out: aws-<account>'),
    new Option('--profile <name>', 'a profile of the AWS configuration; left out: the default credential chain'),
    new Option('--region <id>', 'region of the clients; left out: AWS_REGION, else us-east-1'),
    new Option('--endpoint-url <url>', 'another endpoint than AWS; left out: AWS_ENDPOINT_URL… of the environment, else AWS'),
    new Option('--role-for <account>', 'print the read-only role that the customer makes in this account, with its external id'),
    new Option('--template <kind>', 'how --role-for prints it').choices(ROLE_TEMPLATES).default('cloudformation'),
    new Option('--role-arn <arn>', 'connect over that role, once the customer has made it'),
    new Option('--billing-view-arn <arn>', 'read this billing view (Billing Conductor: what the customer is billed)'),
    new Option(
      '--price-view <view>',
      'whose prices these are; left out: customerBilled for a billing view, else awsBilled',
    ).choices(['awsBilled', 'customerBilled']),
    new Option(
      '--export <address>',
      'read the bill from its export in S3, s3://bucket/prefix/name; with --name also of a connection there is',
    ),
    new Option('--export-kind <kind>', 'a legacy Cost and Usage Report, or a data export').choices(EXPORT_KINDS).default('auto'),
  ],
  run: async (tools, options) => {
    if (options.roleFor !== undefined && options.roleArn !== undefined) {
      throw new AdvisorError(
        'INVALID_INPUT',
        '--role-for and --role-arn are two steps',
        'First --role-for, then --role-arn when the role is made.',
      );
    }
    const way = {
      name: options.name ?? null,
      profile: options.profile ?? null,
      regionId: options.region ?? tools.config.awsRegion ?? DEFAULT_REGION,
      endpointUrl: options.endpointUrl ?? null,
      billingViewArn: options.billingViewArn ?? null,
      ...(options.priceView && { priceView: options.priceView }),
    };
    if (options.roleFor !== undefined) return offer(tools, { ...way, accountId: options.roleFor, template: options.template });
    const known = options.export === undefined ? null : await knownConnection(tools, options.name);
    if (known) return exportConnected(tools, known, options, null);
    const { roleArn } = options;
    const done =
      roleArn === undefined ? await byChain(tools, way) : await connectRole(await tools.context(), { ...way, roleArn });
    return exportConnected(tools, done.connection, options, done);
  },
};

type Way = Omit<Parameters<typeof connectRole>[1], 'roleArn'> & { readonly profile: string | null };

type Done = Awaited<ReturnType<typeof connectVerb>>;

async function byChain(tools: VerbTools, { profile, ...way }: Way): Promise<Done> {
  const credentials = { kind: 'chain' as const, profile };
  await refuseUnknown(tools, credentials, way);
  return connectVerb(await tools.context({ create: true }), { ...way, credentials });
}

async function offer(tools: VerbTools, input: Parameters<typeof offerRole>[1]): Promise<VerbResult> {
  await refuseUnknown(tools, { kind: 'chain', profile: input.profile ?? null }, input);
  const role = await offerRole(await tools.context({ create: true }), input);
  tools.say(
    `Run this in account ${role.accountId}. It trusts ${role.principalArn} with the external id ${role.externalId}, and nobody else.`,
  );
  tools.say(`Then: npx --no-install cost-pillar connect --role-arn ${role.roleArn}`);
  if (role.principalArn.includes(':role/'))
    tools.say('If our own role has a path, write it into the Principal: STS leaves it out.');
  return { document: role, text: role.template };
}

/** Asked once before a tenant is made for it: refused credentials leave nothing behind. */
async function refuseUnknown(
  tools: VerbTools,
  credentials: { readonly kind: 'chain'; readonly profile: string | null },
  { regionId, endpointUrl }: Omit<Way, 'profile'>,
): Promise<void> {
  const reach = { credentials, regionId: regionId ?? DEFAULT_REGION, endpointUrl: endpointUrl ?? null };
  await (await tools.house()).ports.costSource.identify(reach);
}

/** The connection of that name, if the tenant has it: it gets an export, and is not made anew. */
async function knownConnection(tools: VerbTools, name: string | undefined): Promise<Connection | null> {
  if (name === undefined) return null;
  const context = await tools.context().catch(noTenantYet);
  if (context === null) return null;
  const { scope, ports } = context;
  return (await ports.connections.list(scope)).find((connection) => connection.name === name) ?? null;
}

/** The tenant is made later, once AWS has said who we are. */
function noTenantYet(error: unknown): null {
  if (isAdvisorError(error) && (error.code === 'NOT_FOUND' || error.code === 'NOT_READY')) return null;
  throw error;
}

async function exportConnected(
  tools: VerbTools,
  connection: Connection,
  options: ConnectOptions,
  done: Done | null,
): Promise<VerbResult> {
  if (options.export === undefined) return connected(done as Done);
  const input = { connection, address: options.export, kind: options.exportKind };
  const { place, months } = await connectExport(await tools.context(), input);
  const found = months.length === 0 ? 'nothing is delivered there yet' : `${months[0]} to ${months.at(-1)} are there`;
  const before = done === null ? '' : `${connected(done).text.split('\n')[0]}\n`;
  return {
    document: { connection, ...(done && { callerArn: done.callerArn }), export: { ...place, months } },
    text: `${before}${connection.name} reads its bill from ${options.export}: ${found}.\nNext: npx --no-install cost-pillar sync`,
  };
}

function connected({ connection, callerArn }: Done): VerbResult {
  const lines = [
    `Connected ${connection.name}: account ${connection.payerAccountId}, as ${callerArn}.`,
    ...(connection.trust ? ['Its role opens with our external id, and stays shut without one and with another.'] : []),
    `It reads ${connection.billingViewArn === null ? "the account's own view" : connection.billingViewArn} (${connection.priceView}).`,
    'Next: npx --no-install cost-pillar sync',
  ];
  return { document: { connection, callerArn }, text: lines.join('\n') };
}
