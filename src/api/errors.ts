import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { type AdvisorError, describeFailure, type FailureCode, isAdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';

/** What every refusal and every failure looks like, on REST, in tRPC's `error.data` and on plain routes. */
export const problemSchema = z
  .object({
    error: z.object({
      code: z.string().meta({ description: 'One word for programs, for example INVALID_INPUT or NOT_FOUND.' }),
      message: z.string().meta({ description: 'What happened to which thing.' }),
      nextStep: z.string().meta({ description: 'What to do about it.' }),
      requestId: z.string().meta({ description: 'Names this request in the log.' }),
    }),
  })
  .meta({ id: 'Problem', description: 'Why the request was not done, and the next step.' });

export type Problem = z.infer<typeof problemSchema>;

type TrpcCode = TRPCError['code'];

/** The one table from failures to answers. `shown` failures carry words meant for the caller; the others may name the machine. */
const ANSWERS: Readonly<Record<FailureCode, { readonly status: number; readonly trpc: TrpcCode; readonly shown: boolean }>> = {
  INVALID_INPUT: { status: 400, trpc: 'BAD_REQUEST', shown: true },
  FILE_UNREADABLE: { status: 400, trpc: 'BAD_REQUEST', shown: true },
  UNAUTHENTICATED: { status: 401, trpc: 'UNAUTHORIZED', shown: true },
  FORBIDDEN: { status: 403, trpc: 'FORBIDDEN', shown: true },
  NOT_FOUND: { status: 404, trpc: 'NOT_FOUND', shown: true },
  CONFLICT: { status: 409, trpc: 'CONFLICT', shown: true },
  NOT_ENROLLED: { status: 409, trpc: 'CONFLICT', shown: true },
  NOT_RECONCILED: { status: 409, trpc: 'CONFLICT', shown: true },
  BUDGET_REACHED: { status: 409, trpc: 'CONFLICT', shown: true },
  TOO_MANY_REQUESTS: { status: 429, trpc: 'TOO_MANY_REQUESTS', shown: true },
  ACCESS_DENIED_BY_AWS: { status: 502, trpc: 'BAD_GATEWAY', shown: true },
  CREDENTIALS_REJECTED: { status: 502, trpc: 'BAD_GATEWAY', shown: true },
  CREDENTIALS_MISSING: { status: 502, trpc: 'BAD_GATEWAY', shown: true },
  SOURCE_UNREACHABLE: { status: 502, trpc: 'BAD_GATEWAY', shown: true },
  SOURCE_ANSWER_UNREADABLE: { status: 502, trpc: 'BAD_GATEWAY', shown: true },
  SOURCE_THROTTLED: { status: 503, trpc: 'SERVICE_UNAVAILABLE', shown: true },
  DATA_UNAVAILABLE: { status: 503, trpc: 'SERVICE_UNAVAILABLE', shown: true },
  NOT_READY: { status: 503, trpc: 'SERVICE_UNAVAILABLE', shown: true },
  DATABASE_UNAVAILABLE: { status: 503, trpc: 'SERVICE_UNAVAILABLE', shown: false },
  SCHEMA_TOO_NEW: { status: 503, trpc: 'SERVICE_UNAVAILABLE', shown: false },
  DATABASE_NOT_ALLOWED: { status: 500, trpc: 'INTERNAL_SERVER_ERROR', shown: false },
  DATA_DIRECTORY_NOT_WRITABLE: { status: 500, trpc: 'INTERNAL_SERVER_ERROR', shown: false },
  PORT_IN_USE: { status: 500, trpc: 'INTERNAL_SERVER_ERROR', shown: false },
  INTERNAL: { status: 500, trpc: 'INTERNAL_SERVER_ERROR', shown: false },
};

const HIDDEN: Partial<Record<FailureCode, { readonly message: string; readonly nextStep: string }>> = {
  DATABASE_UNAVAILABLE: { message: 'The database does not answer just now.', nextStep: 'Try again in a minute.' },
  SCHEMA_TOO_NEW: { message: 'The server is being updated.', nextStep: 'Try again in a minute.' },
};

/** Refusals of the HTTP edge and of tRPC itself that are no failure of ours: status, our code, words. */
const REFUSALS: ReadonlyMap<number, readonly [FailureCode, string, string]> = new Map([
  [400, ['INVALID_INPUT', 'The request could not be read.', 'Compare it with the interface description at /docs.']],
  [401, ['UNAUTHENTICATED', 'You are not signed in.', 'Send "Authorization: Bearer <key>", or open a new sign-in link.']],
  [403, ['FORBIDDEN', 'This is not allowed for you.', 'Ask an administrator of your organisation.']],
  [404, ['NOT_FOUND', 'There is nothing under this address.', 'Look up the addresses at /docs.']],
  [405, ['INVALID_INPUT', 'This address does not take this method.', 'Read with GET; change with the method named at /docs.']],
  [413, ['INVALID_INPUT', 'The request is too large.', 'Send at most 1 MB.']],
  [414, ['INVALID_INPUT', 'The address is too long.', 'Send at most 4,096 characters; ask in smaller steps.']],
  [415, ['INVALID_INPUT', 'The request has a content type that is not read here.', 'Send application/json.']],
  [429, ['TOO_MANY_REQUESTS', 'Too many requests from here.', 'Wait for the seconds named in the Retry-After header.']],
]);

/** Any error as status and problem. What we did not expect is told in general words; the log has the rest. */
export function problemOf(error: unknown, requestId: string): { readonly status: number; readonly problem: Problem } {
  const failure = failureOf(error);
  const answer = ANSWERS[failure.code];
  const { message, nextStep } = answer.shown ? failure : (HIDDEN[failure.code] ?? describeFailure(null));
  const status = failure.status ?? answer.status;
  return { status, problem: { error: { code: failure.code, message, nextStep, requestId } } };
}

export function refusal(status: number): Failure {
  const [code, message, nextStep] = REFUSALS.get(status) ?? [];
  return code && message && nextStep ? { status, code, message, nextStep } : { ...describeFailure(null), status: null };
}

/** An AdvisorError as tRPC carries it; `problemOf` finds it again in the cause. */
export function asTrpcError(error: AdvisorError): TRPCError {
  return new TRPCError({ code: ANSWERS[error.code].trpc, message: error.message, cause: error });
}

/** For the log: name, code and where, with secrets cut out; never the object. */
export function errorForLog(error: unknown): Readonly<Record<string, string>> {
  const cause = error instanceof TRPCError && error.cause ? error.cause : error;
  if (!(cause instanceof Error)) return { name: typeof cause };
  const code = 'code' in cause ? String(cause.code) : '';
  const frames = (cause.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8);
  const words = cause instanceof z.ZodError ? issuesOf(cause) : cause.message;
  const message = oneLine(words.replace(/cpk_\w+|token=\w+|\/\/[^@\s/]+@/g, '***'), 300);
  return { name: cause.name, code, message, at: frames.map((line) => line.trim()).join(' < ') };
}

interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly nextStep: string;
  /** null: as the table says. */
  readonly status: number | null;
}

function failureOf(error: unknown): Failure {
  if (isAdvisorError(error)) return { code: error.code, message: error.message, nextStep: error.nextStep, status: null };
  if (error instanceof TRPCError) return failureOfTrpc(error);
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return refusal(status);
}

const TRPC_STATUS: Partial<Record<TrpcCode, number>> = {
  PARSE_ERROR: 400,
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
};

function failureOfTrpc(error: TRPCError): Failure {
  if (isAdvisorError(error.cause)) return failureOf(error.cause);
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.ZodError) return failureOfInput(error.cause);
  return refusal(TRPC_STATUS[error.code] ?? 500);
}

function failureOfInput(error: z.ZodError): Failure {
  return {
    code: 'INVALID_INPUT',
    message: `The input is not of the documented form. ${issuesOf(error)}.`,
    nextStep: 'Compare it with the interface description at /docs.',
    status: null,
  };
}

function issuesOf(error: z.ZodError): string {
  const told = error.issues.slice(0, 5).map((issue) => {
    const where = issue.path.map(String).join('.');
    return oneLine(where === '' ? issue.message : `${where}: ${issue.message}`, 200);
  });
  return told.join('; ');
}
