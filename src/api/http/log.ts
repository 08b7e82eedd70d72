import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { oneLine } from '../../kernel/text.ts';
import { stateOf } from './request-state.ts';

/** One line a request, of named fields only: no headers, no bodies, no query (a sign-in token travels there). */
export function requestLog(log: Logger) {
  return pinoHttp({
    logger: log,
    genReqId: (request) => stateOf(request).requestId,
    wrapSerializers: false,
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId', responseTime: 'durationMs' },
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    customSuccessObject: (request, response, given) => lineOf(request, response, given),
    customErrorObject: (request, response, _error, given) => lineOf(request, response, given),
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
  });
}

/** Only what is named here is written; of what the library gathered, the duration. */
function lineOf(request: IncomingMessage, response: ServerResponse, given: { readonly durationMs?: number }) {
  const { identity } = stateOf(request);
  const path = ('originalUrl' in request ? String(request.originalUrl) : (request.url ?? '')).split('?')[0] ?? '';
  return {
    event: 'http_request',
    method: request.method,
    path: oneLine(path, 200).replace(/cpk_\w+/g, '***'),
    status: response.statusCode,
    tenantId: identity?.scope.tenantId ?? null,
    actorId: identity?.credentialId ?? null,
    durationMs: given.durationMs ?? null,
  };
}
