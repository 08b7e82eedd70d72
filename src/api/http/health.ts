import type { Express, Request, RequestHandler } from 'express';
import { refuse } from './answer.ts';
import type { Metrics } from './metrics.ts';
import { stateOf } from './request-state.ts';

/** Whether to send people here. It becomes ready once, and stops being so when the server drains. */
export class Readiness {
  #state: 'starting' | 'ready' | 'draining' = 'starting';
  #checked: { at: number; answers: boolean } | null = null;
  readonly #pingDatabase: () => Promise<void>;

  constructor(pingDatabase: () => Promise<void>) {
    this.#pingDatabase = pingDatabase;
  }

  get draining(): boolean {
    return this.#state === 'draining';
  }

  ready(): void {
    if (this.#state === 'starting') this.#state = 'ready';
  }

  drain(): void {
    this.#state = 'draining';
  }

  async answer(): Promise<'ready' | 'starting' | 'draining' | 'noDatabase'> {
    if (this.#state !== 'ready') return this.#state;
    return (await this.#databaseAnswers()) ? 'ready' : 'noDatabase';
  }

  /** Asked at most once a second, and given a second. */
  async #databaseAnswers(): Promise<boolean> {
    const now = performance.now();
    if (this.#checked !== null && now - this.#checked.at < 1000) return this.#checked.answers;
    const late = new Promise<false>((resolve) => setTimeout(resolve, 1000, false).unref());
    const answers = await Promise.race([
      this.#pingDatabase().then(
        () => true,
        () => false,
      ),
      late,
    ]);
    this.#checked = { at: now, answers };
    return answers;
  }
}

const readinessByApp = new WeakMap<Express, Readiness>();

/** `createApi` leaves the switch here; `listen` finds it by the app. */
export function keepReadiness(app: Express, readiness: Readiness): void {
  readinessByApp.set(app, readiness);
}

export function readinessOf(app: Express): Readiness | undefined {
  return readinessByApp.get(app);
}

export const alive: RequestHandler = (_request, response) => {
  response.json({ status: 'ok' });
};

export function readyz(readiness: Readiness): RequestHandler {
  return async (_request, response) => {
    const status = await readiness.answer();
    response.status(status === 'ready' ? 200 : 503).json({ status });
  };
}

/** To this machine, or to whoever holds a key: the figures name no tenant, but they are nobody else's business. */
export function metricsPage(metrics: Metrics): RequestHandler {
  return async (request, response) => {
    if (!fromThisMachine(request) && stateOf(request).identity === null) return refuse(request, response, 401);
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  };
}

function fromThisMachine(request: Request): boolean {
  const forwarded = request.get('x-forwarded-for') ?? request.get('forwarded');
  return forwarded === undefined && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '');
}
