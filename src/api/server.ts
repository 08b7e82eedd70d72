import { createExpressMiddleware } from '@trpc/server/adapters/express';
import compression from 'compression';
import express, { type Express, type Request, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Catalogue } from '../advice/catalogue-entry.ts';
import { preferredLocale } from '../kernel/locale.ts';
import { keptCommitments } from '../operations/commitments/kept-commitments.ts';
import type { SignIn } from '../operations/ports/access.ts';
import type { Ports } from '../operations/ports/index.ts';
import type { ApiContext } from './context.ts';
import { cursorsSignedWith } from './cursor.ts';
import { errorForLog, problemOf } from './errors.ts';
import { failures, nothingHere } from './http/answer.ts';
import { docsPage } from './http/docs.ts';
import {
  MAX_BATCH,
  MAX_BODY_BYTES,
  refuseCrossSite,
  refuseLongBatches,
  refuseOddAddresses,
  refuseOddContent,
} from './http/edge.ts';
import { securityHeaders } from './http/headers.ts';
import { alive, keepReadiness, metricsPage, Readiness, readyz } from './http/health.ts';
import { identify } from './http/identify.ts';
import { DEFAULT_LIMITS, type Limits, limitPerAddress, limitPerCaller } from './http/limits.ts';
import { requestLog } from './http/log.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { portal } from './http/portal.ts';
import { stateOf } from './http/request-state.ts';
import { signInPage, signOut } from './http/sign-in.ts';
import { openApiDocument } from './openapi.ts';
import { restOf } from './rest.ts';
import { appRouter } from './router.ts';

export { type Listening, listen } from './listen.ts';

export interface ApiOptions {
  readonly ports: Ports;
  readonly signIn: SignIn;
  /** The detectors and their words, as the engine gets them. */
  readonly catalogue: Catalogue;
  /** Signs cursors; the installation's secret. */
  readonly secret: string;
  /** Rejects when the database does not answer; asked by /readyz. */
  readonly pingDatabase: () => Promise<void>;
  readonly log: Logger;
  /** The built portal; a folder without index.html shows a page that says so. */
  readonly portalDir: string;
  readonly now?: () => Date;
  readonly limits?: Partial<Limits>;
  readonly metrics?: Metrics;
  /** How many proxies stand in front (their X-Forwarded-* headers are believed); 0: none. */
  readonly trustedProxies?: number;
  /** The address that people use is https: answers tell browsers to insist on it. */
  readonly https?: boolean;
}

/** The whole HTTP interface. It reads no environment and opens nothing: `listen` does. */
export function createApi(options: ApiOptions): Express {
  const { ports, signIn, log, portalDir, now = () => new Date(), metrics = createMetrics() } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const readiness = new Readiness(options.pingDatabase);
  const door = { signIn, ports, now };
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('trust proxy', options.trustedProxies ?? 0).set('query parser', 'simple');
  keepReadiness(app, readiness);

  app.use(requestLog(log), counted(metrics), securityHeaders(options.https ?? false), closesWhenDraining(readiness));
  app.get(['/healthz', '/livez'], alive);
  app.get('/readyz', readyz(readiness));
  app.use(refuseOddAddresses, limitPerAddress(limits.perAddress), compression());
  app.get('/sign-in', limitPerAddress(limits.signInPerAddress), signInPage(door));
  app.use(['/trpc', '/api', '/sign-out', '/metrics'], identify(signIn), limitPerCaller(limits.perCaller), refuseCrossSite);
  app.get('/metrics', metricsPage(metrics));
  app.post('/sign-out', signOut(door));
  app.use('/trpc', refuseOddContent(['GET', 'POST']), refuseLongBatches, trpcOf(options, contextMaker(options, now, metrics)));
  app.use('/api/v1', refuseOddContent(['GET', 'POST', 'DELETE']), express.json({ limit: MAX_BODY_BYTES }));
  app.use('/api/v1', restOf(contextMaker(options, now, metrics), unexpectedTo(log)));
  app.use('/api', nothingHere);
  const document = openApiDocument();
  app.get('/openapi.json', (_request, response) => void response.json(document));
  app.use('/docs', docsPage());
  app.use(portal(portalDir));
  app.use(failures(log));
  return app;
}

function contextMaker({ ports, catalogue, secret }: ApiOptions, now: () => Date, metrics: Metrics) {
  const commitments = keptCommitments(catalogue.map(({ detector }) => detector));
  const services = { ports, catalogue, now, metrics, cursors: cursorsSignedWith(secret), commitments };
  return ({ req }: { readonly req: Request }): ApiContext => {
    const { identity, requestId } = stateOf(req);
    return { identity, requestId, locale: preferredLocale(req.get('accept-language')), services };
  };
}

function trpcOf({ log }: ApiOptions, createContext: (from: { readonly req: Request }) => ApiContext): RequestHandler {
  const unexpected = unexpectedTo(log);
  return createExpressMiddleware({
    router: appRouter,
    createContext,
    maxBodySize: MAX_BODY_BYTES,
    maxBatchSize: MAX_BATCH,
    onError: ({ error, req }) => unexpected(error, stateOf(req).requestId),
  });
}

/** What we expected is the caller's matter; the rest leaves a line in the log. */
function unexpectedTo(log: Logger) {
  return (error: unknown, requestId: string): void => {
    if (problemOf(error, requestId).status < 500) return;
    log.error({ event: 'procedure_failed', requestId, error: errorForLog(error) }, 'procedure failed');
  };
}

const GROUPS = ['trpc', 'api', 'docs', 'openapi.json', 'sign-in', 'sign-out', 'healthz', 'livez', 'readyz', 'metrics'];

function counted(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const first = request.path.split('/')[1] ?? '';
    const group = GROUPS.includes(first) ? first : 'portal';
    response.on('finish', () => metrics.requestDone(group, response.statusCode, (performance.now() - started) / 1000));
    next();
  };
}

function closesWhenDraining(readiness: Readiness): RequestHandler {
  return (_request, response, next) => {
    if (readiness.draining) response.setHeader('connection', 'close');
    next();
  };
}
