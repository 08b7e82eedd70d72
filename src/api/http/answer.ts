import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { SafeHtml } from '../../kernel/html.ts';
import { errorForLog, problemOf, refusal } from '../errors.ts';
import { stateOf } from './request-state.ts';

/** A refusal of the edge in the one problem shape; `words` where the status alone does not say why. */
export function refuse(
  request: Request,
  response: Response,
  status: number,
  words: { readonly message?: string; readonly nextStep?: string } = {},
): void {
  const { code, message, nextStep } = { ...refusal(status), ...words };
  response.status(status).json({ error: { code, message, nextStep, requestId: stateOf(request).requestId } });
}

export function sendPage(response: Response, status: number, page: SafeHtml): void {
  response.status(status).type('html').send(page.toString());
}

export const nothingHere: RequestHandler = (request, response) => refuse(request, response, 404);

/** The last handler: whatever was thrown leaves as a problem, and the unexpected leaves a line in the log. */
export function failures(log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const { requestId } = stateOf(request);
    const { status, problem } = problemOf(error, requestId);
    if (status >= 500) log.error({ event: 'request_failed', requestId, error: errorForLog(error) }, 'request failed');
    if (response.headersSent) response.destroy();
    else response.status(status).json(problem);
  };
}
