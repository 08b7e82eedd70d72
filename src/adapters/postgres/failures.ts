import pg from 'pg';
import { AdvisorError, isAdvisorError } from '../../kernel/failure.ts';

/** SQLSTATE of an error that Postgres itself reported; undefined for a lost connection, where none came. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Serialization failure or deadlock: the transaction left nothing behind, and a second try may pass. */
export function isWorthRetrying(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return violates(error, '23505', constraint);
}

export function isExclusionViolation(error: unknown, constraint?: string): boolean {
  return violates(error, '23P01', constraint);
}

export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return violates(error, '23503', constraint);
}

/**
 * A server that cannot be reached, or that went away, becomes DATABASE_UNAVAILABLE; anything else stays as it is. After a loss during
 * COMMIT the outcome is unknown: look the run up by its id, never take it for failed.
 */
export function asReaderFailure(error: unknown): unknown {
  if (isAdvisorError(error) || !isConnectionLoss(error)) return error;
  return new AdvisorError(
    'DATABASE_UNAVAILABLE',
    'The database cannot be reached at the moment.',
    'Check that Postgres is running and that DATABASE_URL leads to it; then try again.',
    { cause: error },
  );
}

const LOST = [
  /^Connection terminated/,
  /^timeout exceeded when trying to connect/,
  /^Client has encountered a connection error/,
  /^Cannot use a pool after calling end/,
];
const LOST_ERRNO = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ENOENT',
]);
/** Class 08 connection exceptions; 57P01-57P03 shutdown and start-up; 53300 too many connections. */
const LOST_STATE = /^(08|57P0[123]|53300)/;

export function isConnectionLoss(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return LOST_STATE.test(state);
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && LOST_ERRNO.has(code)) return code !== 'ENOENT' || syscall === 'connect';
  if (error instanceof AggregateError) return error.errors.some(isConnectionLoss);
  return LOST.some((pattern) => pattern.test(error.message));
}

function violates(error: unknown, state: string, constraint: string | undefined): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code !== state) return false;
  return constraint === undefined || error.constraint === constraint;
}
