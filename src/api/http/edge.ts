import type { Request, RequestHandler } from 'express';
import { refuse } from './answer.ts';
import { stateOf } from './request-state.ts';

export const MAX_URL_LENGTH = 4096;
export const MAX_BODY_BYTES = 2 ** 20;
export const MAX_BATCH = 10;

/** A key in an address would end in logs and histories: refused, so that nobody gets used to it. */
const KEY_IN_URL = /cpk_[0-9A-Za-z]{8,}/;

export const refuseOddAddresses: RequestHandler = (request, response, next) => {
  if (request.originalUrl.length > MAX_URL_LENGTH) return refuse(request, response, 414);
  if (KEY_IN_URL.test(decodedOrRaw(request.originalUrl))) {
    return refuse(request, response, 400, {
      message: 'A key stands in the address, where logs and histories keep it.',
      nextStep: 'Send it as "Authorization: Bearer <key>"; revoke this one and make another.',
    });
  }
  next();
};

/** JSON is all that is read. Forms (multipart, octet-stream) reach tRPC mutations from other sites without a preflight. */
export const refuseOddContent =
  (methods: readonly string[]): RequestHandler =>
  (request, response, next) => {
    if (!methods.includes(request.method)) return refuse(request, response, 405);
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type === undefined ? request.method === 'POST' : type !== 'application/json') return refuse(request, response, 415);
    next();
  };

/** How many procedures a tRPC address calls: names are joined by commas. More than a batch may hold is counted as one more. */
export function operationsIn(request: Request): number {
  if (!request.originalUrl.startsWith('/trpc/')) return 1;
  return decodedOrRaw(request.originalUrl.split('?')[0] ?? '').split(',', MAX_BATCH + 1).length;
}

export const refuseLongBatches: RequestHandler = (request, response, next) =>
  operationsIn(request) > MAX_BATCH
    ? refuse(request, response, 400, { message: 'The batch has too many calls.', nextStep: `Send at most ${MAX_BATCH} at once.` })
    : next();

/**
 * A browser adds its cookie to requests that other sites start. So a request by cookie must come from our own page: Sec-Fetch-Site (or,
 * in old browsers, Origin) says so, and whatever changes something carries a header that forms cannot send.
 */
export const refuseCrossSite: RequestHandler = (request, response, next) => {
  if (stateOf(request).identity?.via !== 'session') return next();
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const site = request.get('sec-fetch-site');
  const ownOrigin = request.get('origin') === `${request.protocol}://${request.get('host')}`;
  const fromOurPage =
    site === undefined ? ownOrigin : site === 'same-origin' && (request.get('origin') === undefined || ownOrigin);
  const typedByHand = reads && (site === 'none' || (site === undefined && request.get('origin') === undefined));
  if (reads && (fromOurPage || typedByHand)) return next();
  if (!reads && fromOurPage && request.get('x-cost-pillar') === '1') return next();
  refuse(request, response, 403, {
    message: 'The request does not come from the page of this server.',
    nextStep: 'From our page, send the header "x-cost-pillar: 1" with changes; from a program, use a key.',
  });
};

function decodedOrRaw(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
