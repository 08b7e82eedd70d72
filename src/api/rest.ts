import type { RequestHandler, Response } from 'express';
import { createOpenApiExpressMiddleware } from 'trpc-to-openapi';
import { problemOf } from './errors.ts';
import { MAX_BODY_BYTES } from './http/edge.ts';
import { stateOf } from './http/request-state.ts';
import { appRouter } from './router.ts';

type Options = Parameters<typeof createOpenApiExpressMiddleware<typeof appRouter>>[0];

/** The procedures as REST. The library answers with its own shape of errors; here it becomes ours. */
export function restOf(
  createContext: Options['createContext'],
  onFailure: (error: unknown, requestId: string) => void,
): RequestHandler {
  const handler = createOpenApiExpressMiddleware<typeof appRouter>({
    router: appRouter,
    createContext,
    maxBodySize: MAX_BODY_BYTES,
    responseMeta: undefined,
    onError: ({ error, req }) => {
      const { requestId } = stateOf(req);
      onFailure(error, requestId);
      const response = req.res;
      if (response) answerInstead(response, problemOf(error, requestId));
    },
  });
  return (request, response) => handler(request, response);
}

/** The library ends the response right after `onError`, with a status and body of its own. */
function answerInstead(response: Response, { status, problem }: ReturnType<typeof problemOf>): void {
  const end = response.end.bind(response);
  response.end = () => {
    response.statusCode = status;
    return end(JSON.stringify(problem));
  };
}
