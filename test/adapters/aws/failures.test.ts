import { describe, expect, it } from 'vitest';
import { awsClients } from '../../../src/adapters/aws/clients.ts';
import { failureOf } from '../../../src/adapters/aws/failures.ts';
import { awsCostSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import type { FailureCode } from '../../../src/kernel/failure.ts';
import { COST_SLICES, type Slice } from '../../../src/ledger/slice.ts';
import { aConnection, PAYER, refusal, type ScriptedAnswer, scriptedAws } from './scripted-aws.ts';

const SLICE = COST_SLICES[0] as Slice;
const WINDOW = { start: '2026-11-01', end: '2026-11-04' };

async function failureOfAnswer(answer: ScriptedAnswer): Promise<unknown> {
  await using aws = await scriptedAws(() => answer);
  return await failureAt(aws.url);
}

function failureAt(url: string): Promise<unknown> {
  const pull = awsCostSource(openAws({ maxAttempts: 1 })).pullSlice(aConnection(url), SLICE, WINDOW, {
    pageBought: async () => {},
  });
  return Array.fromAsync(pull.charges).then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

describe('what goes wrong at AWS', () => {
  it.each<[string, FailureCode, RegExp]>([
    ['UnrecognizedClientException', 'CREDENTIALS_REJECTED', /does not recognise the AWS credentials for account 111122223333/],
    ['InvalidSignatureException', 'CREDENTIALS_REJECTED', /does not recognise/],
    ['ExpiredTokenException', 'CREDENTIALS_REJECTED', /have expired/],
    ['RequestExpired', 'CREDENTIALS_REJECTED', /refused the time/],
    ['AccessDeniedException', 'ACCESS_DENIED_BY_AWS', /^Cost Explorer refused account 111122223333: allow ce:GetCostAndUsage$/],
    ['OptInRequiredException', 'NOT_ENROLLED', /not switched on for account 111122223333/],
    ['DataUnavailableException', 'DATA_UNAVAILABLE', /no data yet/],
    ['BillExpirationException', 'DATA_UNAVAILABLE', /no data yet/],
    ['LimitExceededException', 'SOURCE_THROTTLED', /slow down/],
    ['ThrottlingException', 'SOURCE_THROTTLED', /slow down/],
    ['ValidationException', 'INTERNAL', /did not take our question \(ValidationException\)/],
    ['SomethingNewException', 'INTERNAL', /SomethingNewException/],
  ])('turns %s into %s', async (type, code, message) => {
    expect(await failureOfAnswer(refusal(type))).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('tells an account without Cost Explorer from one without permission', async () => {
    const answer = refusal('AccessDeniedException', 'User not enabled for cost explorer access');
    expect(await failureOfAnswer(answer)).toMatchObject({
      code: 'NOT_ENROLLED',
      message: expect.stringMatching(/not switched on/),
    });
  });

  it('tells days that Cost Explorer does not hold from a question that it does not take', async () => {
    const answer = refusal('ValidationException', 'You have not enabled historical data beyond 14 months');
    expect(await failureOfAnswer(answer)).toMatchObject({ code: 'DATA_UNAVAILABLE' });
  });

  it.each<[string, ScriptedAnswer]>([
    ['a body that ends early', { raw: '{"ResultsByTime":[{"TimePeriod":', cutOff: true }],
    ['JSON that ends early', { raw: '{"ResultsByTime":[{"TimePeriod":' }],
    ['a web page', { raw: '<html>Please sign in to the proxy</html>', contentType: 'text/html' }],
    ['JSON of another kind', { json: { hello: 'world' } }],
    ['a list', { raw: '[]' }],
    ['a number for a list', { json: { ResultsByTime: 7 } }],
    ['nothing at all', { raw: '' }],
  ])('calls %s unreadable', async (_name, answer) => {
    expect(await failureOfAnswer(answer)).toMatchObject({ code: 'SOURCE_ANSWER_UNREADABLE', name: 'AdvisorError' });
  });

  it('calls a failure of AWS itself, and nobody there, unreachable', async () => {
    expect(await failureOfAnswer(refusal('InternalServerException', 'oops', 500))).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    expect(await failureOfAnswer({ status: 503, raw: 'busy' })).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    expect(await failureAt('http://127.0.0.1:1')).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  });

  it('never repeats what AWS quotes: it may hold what was signed', async () => {
    const secret = 'AKIDEXAMPLE/secret-signature';
    const failure = await failureOfAnswer(refusal('InvalidSignatureException', `The canonical string was ${secret}`));
    const { message, nextStep } = failure as { message: string; nextStep: string };
    expect(`${message} ${nextStep}`).not.toContain(secret);
  });
});

describe('credentials', () => {
  const question = { service: 'sts', operation: 'GetCallerIdentity', accountId: null, regionId: 'ap-northeast-1' } as const;

  it('are missing when no provider has any', () => {
    const error = Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' });
    expect(failureOf(error, question)).toMatchObject({ code: 'CREDENTIALS_MISSING', message: 'No AWS credentials were found' });
  });

  it('are told apart when a session has ended', () => {
    const error = Object.assign(new Error('The SSO session associated with this profile has expired'), {
      name: 'CredentialsProviderError',
    });
    expect(failureOf(error, question)).toMatchObject({
      code: 'CREDENTIALS_MISSING',
      nextStep: expect.stringMatching(/sign in again/i),
    });
  });

  it('are refused for a connection of files', async () => {
    const reach = { credentials: { kind: 'files' }, regionId: 'us-east-1', endpointUrl: null } as const;
    await expect(awsClients().sts(reach)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('who we are', () => {
  const identity = (account: string) =>
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/reader</Arn><UserId>AIDAEXAMPLE</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

  it('is what STS says', async () => {
    await using aws = await scriptedAws(() => ({ raw: identity(PAYER) }));
    expect(await awsCostSource(openAws()).identify(aConnection(aws.url))).toEqual({
      accountId: PAYER,
      arn: `arn:aws:iam::${PAYER}:user/reader`,
    });
  });

  it('is unreadable when STS names no account', async () => {
    await using aws = await scriptedAws(() => ({ raw: identity('') }));
    await expect(awsCostSource(openAws()).identify(aConnection(aws.url))).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_UNREADABLE',
    });
  });

  it('is refused with rejected credentials', async () => {
    const raw =
      '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>invalid</Message></Error></ErrorResponse>';
    await using aws = await scriptedAws(() => ({ status: 403, raw }));
    await expect(awsCostSource(openAws()).identify(aConnection(aws.url))).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
  });
});
