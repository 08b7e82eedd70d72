import type { Request, RequestHandler } from 'express';
import { authenticate, type Credential } from '../../operations/authenticate.ts';
import type { SignIn } from '../../operations/ports/access.ts';
import { stateOf } from './request-state.ts';
import { sessionTokenOf } from './session-cookie.ts';

/** Finds out who asks, before anything of the request's body is read. Strangers pass on: procedures deny by themselves. */
export function identify(signIn: SignIn): RequestHandler {
  return async (request, _response, next) => {
    const credential = credentialOf(request);
    if (credential !== null) stateOf(request).identity = await authenticate(signIn, credential);
    next();
  };
}

/** With an Authorization header the cookie does not count: a bad key is a bad key, whoever sits at the browser. */
function credentialOf(request: Request): Credential | null {
  const header = request.headers.authorization;
  if (header !== undefined) return { kind: 'key', key: /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '' };
  const token = sessionTokenOf(request);
  return token === null ? null : { kind: 'session', token };
}
