import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit } from 'express-rate-limit';
import { refuse } from './answer.ts';
import { operationsIn } from './edge.ts';
import { stateOf } from './request-state.ts';

/** Operations a minute; a batch of ten counts ten. */
export interface Limits {
  /** By one key or session. */
  readonly perCaller: number;
  /** By one address, whoever asks; also bounds how fast keys can be guessed. */
  readonly perAddress: number;
  readonly signInPerAddress: number;
}

export const DEFAULT_LIMITS: Limits = { perCaller: 600, perAddress: 3000, signInPerAddress: 30 };

export function limitPerAddress(limit: number): RequestHandler {
  return limiter(limit, (request) => ipKeyGenerator(request.ip ?? ''));
}

/** Strangers have been counted by address already. */
export function limitPerCaller(limit: number): RequestHandler {
  const counted = limiter(limit, (request) => stateOf(request).identity?.credentialId ?? '');
  return (request, response, next) => (stateOf(request).identity === null ? next() : counted(request, response, next));
}

function limiter(limit: number, callerOf: (request: Request) => string): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    store: new OperationStore(),
    keyGenerator: (request) => `${operationsIn(request)} ${callerOf(request)}`,
    handler: (request, response) => refuse(request, response, 429),
  });
}

/** Counts operations, not requests: the key says how many, and whose they are. */
class OperationStore extends MemoryStore {
  override async increment(key: string) {
    const [operations = '1', ...caller] = key.split(' ');
    for (let counted = 1; counted < Number(operations); counted++) await super.increment(caller.join(' '));
    return super.increment(caller.join(' '));
  }
}
