import type { FailureCode } from '../../kernel/failure.ts';

/** What was asked, so that a failure can name it. `accountId` is null before we know who we are. */
export interface Question {
  readonly service: AwsService;
  readonly operation: string;
  readonly accountId: string | null;
  readonly regionId: string;
}

type AwsService =
  | 'costExplorer'
  | 'computeOptimizer'
  | 'costOptimizationHub'
  | 'organizations'
  | 'pricing'
  | 'savingsPlans'
  | 's3'
  | 'sts';

export interface Rule {
  readonly names: readonly string[];
  readonly says?: RegExp;
  /** Only for this operation. */
  readonly asked?: string;
  readonly code: FailureCode;
  readonly message: (question: Question) => string;
  readonly nextStep: (question: Question) => string;
}

const SERVICES: Readonly<Record<AwsService, { readonly name: string; readonly iam: string }>> = {
  costExplorer: { name: 'Cost Explorer', iam: 'ce' },
  computeOptimizer: { name: 'Compute Optimizer', iam: 'compute-optimizer' },
  costOptimizationHub: { name: 'Cost Optimization Hub', iam: 'cost-optimization-hub' },
  organizations: { name: 'AWS Organizations', iam: 'organizations' },
  pricing: { name: 'The AWS price list', iam: 'pricing' },
  savingsPlans: { name: 'AWS Savings Plans', iam: 'savingsplans' },
  sts: { name: 'AWS STS', iam: 'sts' },
  s3: { name: 'Amazon S3', iam: 's3' },
};

/** The service's name at the start of a sentence. */
export const nameOf = (question: Pick<Question, 'service'>): string => SERVICES[question.service].name;
const who = (question: Question): string => (question.accountId ? `account ${question.accountId}` : 'these credentials');
const action = (question: Question): string => `${SERVICES[question.service].iam}:${question.operation}`;
const byResource = (question: Question): boolean => question.operation === 'GetCostAndUsageWithResources';

export const TOKEN_ERRORS = [
  'InvalidNextTokenException',
  'ExpiredNextTokenException',
  'RequestChangedException',
  'InvalidNextToken',
];
const DENIED = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'NotAuthorized', 'UnauthorizedException'];

/** First match wins. Names as the SDK gives them (service models of 2026-08, and the common errors of every AWS service). */
export const RULES: readonly Rule[] = [
  {
    names: ['CredentialsProviderError', 'TokenProviderError'],
    says: /sso|expired|session/i,
    code: 'CREDENTIALS_MISSING',
    message: () => 'The AWS session of this profile has ended',
    nextStep: () => 'Sign in again (for example "aws sso login"), then run this once more.',
  },
  {
    names: ['CredentialsProviderError', 'TokenProviderError', 'CredentialsError'],
    code: 'CREDENTIALS_MISSING',
    message: () => 'No AWS credentials were found',
    nextStep: () => 'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run this once more.',
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    code: 'CREDENTIALS_REJECTED',
    message: (q) => `The AWS credentials for ${who(q)} have expired`,
    nextStep: () => 'Fetch fresh credentials, then run this once more.',
  },
  {
    names: ['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFutureException'],
    code: 'CREDENTIALS_REJECTED',
    message: (q) => `${nameOf(q)} refused the time of our request`,
    nextStep: () => 'Set the clock of this machine, then run this once more.',
  },
  {
    names: [
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'IncompleteSignature',
      'IncompleteSignatureException',
      'MissingAuthenticationToken',
      'MissingAuthenticationTokenException',
      'InvalidAccessKeyId',
      'AuthFailure',
      'NotSignedUp',
    ],
    code: 'CREDENTIALS_REJECTED',
    message: (q) => `${nameOf(q)} in ${q.regionId} does not recognise the AWS credentials for ${who(q)}`,
    nextStep: () => 'Check the access key and the profile, and that the region is enabled for the account.',
  },
  {
    names: DENIED,
    asked: 'AssumeRole',
    code: 'ACCESS_DENIED_BY_AWS',
    message: (q) => `AWS STS did not let us assume the role in ${who(q)}`,
    nextStep: () =>
      'Check that the role exists, that its trust policy names our identity and our external id ("connect --role-for" prints it), and that our own policy allows sts:AssumeRole on it.',
  },
  {
    names: DENIED,
    says: /not enabled for cost explorer/i,
    code: 'NOT_ENROLLED',
    message: (q) => `Cost Explorer is not switched on for ${who(q)}`,
    nextStep: () => 'Open Cost Explorer once in the console of the payer account; figures appear within 24 hours.',
  },
  {
    names: [...DENIED, 'ValidationException', 'DataUnavailableException'],
    says: /hourly/i,
    code: 'NOT_ENROLLED',
    message: (q) => `Hourly figures are not switched on in Cost Explorer for ${who(q)}`,
    nextStep: () =>
      'Switch on hourly granularity in the Cost Management preferences of the payer account (AWS charges about $0.01 a month per 1,000 usage records), and wait up to 48 hours.',
  },
  {
    names: DENIED,
    says: /not enrolled/i,
    code: 'NOT_ENROLLED',
    message: (q) => `${nameOf(q)} is not switched on for ${who(q)}`,
    nextStep: (q) => `Switch on ${nameOf(q)} in the Billing and Cost Management console of the payer account.`,
  },
  {
    names: ['AWSOrganizationsNotInUseException'],
    code: 'NOT_FOUND',
    message: (q) => `${who(q)} belongs to no organisation`,
    nextStep: () => 'Nothing is to be done: accounts keep the names that the bill gives them.',
  },
  {
    names: DENIED,
    code: 'ACCESS_DENIED_BY_AWS',
    message: (q) => `${nameOf(q)} refused ${who(q)}: allow ${action(q)}`,
    nextStep: (q) =>
      byResource(q)
        ? `Allow ${action(q)}, and switch on resource-level data at daily granularity in the Cost Management preferences of the payer account.`
        : `Allow ${action(q)} in the policy of the role or user that Cost Pillar uses.`,
  },
  {
    names: ['OptInRequiredException', 'OptInRequired', 'SubscriptionRequiredException'],
    code: 'NOT_ENROLLED',
    message: (q) => `${nameOf(q)} is not switched on for ${who(q)}`,
    nextStep: (q) =>
      q.service === 'computeOptimizer'
        ? 'Opt in to Compute Optimizer (for an organisation: in the payer account, all member accounts); results follow within 24 hours.'
        : `Switch on ${nameOf(q)} in the console of the account.`,
  },
  {
    names: ['DataUnavailableException', 'BillExpirationException', 'BillingViewHealthStatusException'],
    code: 'DATA_UNAVAILABLE',
    message: (q) =>
      byResource(q) ? `Cost Explorer has no resource-level data for ${who(q)}` : `${nameOf(q)} has no data yet for ${who(q)}`,
    nextStep: (q) =>
      byResource(q)
        ? 'Switch on resource-level data at daily granularity in the Cost Management preferences of the payer account, and wait up to 48 hours.'
        : 'Run the sync again tomorrow; a new account has figures after about 24 hours.',
  },
  {
    names: ['ValidationException'],
    says: /histor|granular|beyond|opt(ed)?[- ]?in|resource[- ]level/i,
    code: 'DATA_UNAVAILABLE',
    message: (q) => `Cost Explorer does not hold the days or the detail that we asked of ${who(q)}`,
    nextStep: () => 'Check in the Cost Management preferences that daily and resource-level data are switched on.',
  },
  {
    names: [
      'LimitExceededException',
      'ThrottlingException',
      'Throttling',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'ProvisionedThroughputExceededException',
      'SlowDown',
    ],
    code: 'SOURCE_THROTTLED',
    message: (q) => `${nameOf(q)} asked us to slow down (${who(q)}, ${q.operation})`,
    nextStep: () => 'Wait a few minutes, then run this once more; other tools may be asking the same account.',
  },
];
