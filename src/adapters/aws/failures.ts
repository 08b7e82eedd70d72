import { AdvisorError, type FailureCode } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';

/** What was asked, so that a failure can name it. `accountId` is null before we know who we are. */
export interface Question {
  readonly service: AwsService;
  readonly operation: string;
  readonly accountId: string | null;
  readonly regionId: string;
}

export type AwsService = 'costExplorer' | 'computeOptimizer' | 'pricing' | 'sts';

/** A page token that AWS no longer takes: what was read under it is thrown away and the question is asked from the start. */
export class StaleToken extends AdvisorError {
  constructor(question: Question, cause: Error) {
    super(
      'SOURCE_ANSWER_UNREADABLE',
      `${nameOf(question)} changed its answer between two pages of ${question.operation}`,
      'Run the sync again; the figures of the last good run are unchanged.',
      { cause },
    );
    this.name = 'StaleToken';
  }
}

interface Rule {
  readonly names: readonly string[];
  readonly says?: RegExp;
  readonly code: FailureCode;
  readonly message: (question: Question) => string;
  readonly nextStep: (question: Question) => string;
}

const SERVICES: Readonly<Record<AwsService, { readonly name: string; readonly iam: string }>> = {
  costExplorer: { name: 'Cost Explorer', iam: 'ce' },
  computeOptimizer: { name: 'Compute Optimizer', iam: 'compute-optimizer' },
  pricing: { name: 'The AWS price list', iam: 'pricing' },
  sts: { name: 'AWS STS', iam: 'sts' },
};

const nameOf = (question: Question): string => SERVICES[question.service].name;
const who = (question: Question): string => (question.accountId ? `account ${question.accountId}` : 'these credentials');
const action = (question: Question): string => `${SERVICES[question.service].iam}:${question.operation}`;
const byResource = (question: Question): boolean => question.operation === 'GetCostAndUsageWithResources';

const TOKEN_ERRORS = ['InvalidNextTokenException', 'ExpiredNextTokenException', 'RequestChangedException', 'InvalidNextToken'];
const DENIED = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'NotAuthorized', 'UnauthorizedException'];

/** First match wins. Names as the SDK gives them (service models of 2026-08, and the common errors of every AWS service). */
const RULES: readonly Rule[] = [
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
    says: /not enabled for cost explorer/i,
    code: 'NOT_ENROLLED',
    message: (q) => `Cost Explorer is not switched on for ${who(q)}`,
    nextStep: () => 'Open Cost Explorer once in the console of the payer account; figures appear within 24 hours.',
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

const NETWORK_CODES =
  /^(ECONNREFUSED|ENOTFOUND|ECONNRESET|ECONNABORTED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPIPE|EPROTO|ERR_TLS.*|ERR_SSL.*|CERT_.*|UNABLE_TO_.*|SELF_SIGNED.*|DEPTH_ZERO.*|ERR_SOCKET.*)$/;

/** An SDK error as a failure that a person can act on. AWS's own words go to the cause only: they may quote what was signed. */
export function failureOf(error: unknown, question: Question): AdvisorError {
  if (error instanceof AdvisorError) return error;
  const facts = factsOf(error);
  if (TOKEN_ERRORS.includes(facts.name)) return new StaleToken(question, facts.cause);
  const rule = RULES.find((item) => item.names.includes(facts.name) && (item.says?.test(facts.message) ?? true));
  if (rule) return new AdvisorError(rule.code, rule.message(question), rule.nextStep(question), { cause: facts.cause });
  const [code, message, nextStep] = otherFailure(facts, question);
  return new AdvisorError(code, message, nextStep, { cause: facts.cause });
}

function otherFailure(facts: ErrorFacts, question: Question): [FailureCode, string, string] {
  const asked = `${nameOf(question)} (${question.operation}, ${question.regionId})`;
  if ((facts.httpStatus ?? 0) >= 500) {
    return ['SOURCE_UNREACHABLE', `${asked} has a failure of its own (HTTP ${facts.httpStatus})`, 'Run this once more later.'];
  }
  if (isUnreadable(facts)) {
    return [
      'SOURCE_ANSWER_UNREADABLE',
      `The answer of ${asked} was cut off or is not what AWS sends`,
      'Run this once more; if it stays, look for a proxy between here and AWS, and at the endpoint of the connection.',
    ];
  }
  if (NETWORK_CODES.test(facts.code) || /Timeout|Networking/i.test(facts.name) || /socket hang up/.test(facts.message)) {
    return [
      'SOURCE_UNREACHABLE',
      `${asked} could not be reached`,
      'Check the network, the proxy and the endpoint of the connection, then run this once more.',
    ];
  }
  return [
    'INTERNAL',
    `${asked} did not take our question (${oneLine(facts.name, 80)})`,
    'Please report this with the log of the run: it is a fault of Cost Pillar or an endpoint that is not AWS.',
  ];
}

interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly httpStatus: number | null;
  /** Text only: the SDK's own object carries the response with its headers. */
  readonly cause: Error;
}

function factsOf(error: unknown): ErrorFacts {
  const raw = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const statuses = [memberOf(raw.$metadata, 'httpStatusCode'), memberOf(raw.$response, 'statusCode')];
  const httpStatus = statuses.find((status) => typeof status === 'number') ?? null;
  const name = text(raw.name) || 'Error';
  const message = text(raw.message);
  const cause = new Error(oneLine(`${name}${httpStatus ? ` (HTTP ${httpStatus})` : ''}: ${message}`, 1000));
  return { name, message, code: text(raw.code), httpStatus, cause };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A 200 whose body is not the JSON (or XML) that was promised, or that ended early. */
function isUnreadable(facts: ErrorFacts): boolean {
  if (facts.name === 'SyntaxError' || facts.name === 'TypeError' || facts.name === 'RangeError') return true;
  if (/aborted|premature|unexpected end|Deserialization|JSON|invalid xml|char .* is not expected/i.test(facts.message)) {
    return !NETWORK_CODES.test(facts.code) || /aborted/i.test(facts.message);
  }
  return facts.httpStatus !== null && facts.httpStatus < 400;
}
