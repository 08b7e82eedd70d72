/** Expected failures, by code. One table maps them to HTTP (api/errors.ts), one to exit codes (app/cli). */
export type FailureCode =
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'CONFLICT'
  | 'TOO_MANY_REQUESTS'
  | 'ACCESS_DENIED_BY_AWS'
  | 'CREDENTIALS_REJECTED'
  | 'CREDENTIALS_MISSING'
  | 'NOT_ENROLLED'
  | 'DATA_UNAVAILABLE'
  | 'SOURCE_THROTTLED'
  | 'SOURCE_UNREACHABLE'
  | 'SOURCE_ANSWER_UNREADABLE'
  | 'NOT_RECONCILED'
  | 'BUDGET_REACHED'
  | 'FILE_UNREADABLE'
  | 'PORT_IN_USE'
  | 'DATA_DIRECTORY_NOT_WRITABLE'
  | 'DATABASE_UNAVAILABLE'
  | 'DATABASE_NOT_ALLOWED'
  | 'SCHEMA_TOO_NEW'
  | 'NOT_READY'
  | 'INTERNAL';

/**
 * A failure a person can act on: what happened to which thing, and the next step.
 * Readers see `message` and `nextStep`; the log sees `cause`.
 */
export class AdvisorError extends Error {
  readonly code: FailureCode;
  readonly nextStep: string;

  constructor(code: FailureCode, message: string, nextStep: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AdvisorError';
    this.code = code;
    this.nextStep = nextStep;
  }
}

export function isAdvisorError(error: unknown): error is AdvisorError {
  return error instanceof AdvisorError;
}

/** What happened, for a log line or a run record: never the object itself, which may hold secrets. */
export function describeFailure(error: unknown): { code: FailureCode; message: string; nextStep: string } {
  if (isAdvisorError(error)) return { code: error.code, message: error.message, nextStep: error.nextStep };
  return {
    code: 'INTERNAL',
    message: 'Something went wrong inside Cost Pillar.',
    nextStep: 'Look for this moment in the log; it holds the cause.',
  };
}
