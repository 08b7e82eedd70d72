import type { CookieOptions, Request, Response } from 'express';

/**
 * Over https the cookie has the `__Host-` prefix, which browsers bind to this host and to TLS. Plain http (the local page) cannot have
 * that; there the port is part of the name, since browsers share the cookies of 127.0.0.1 between ports.
 */
function nameOf(request: Request): string {
  return request.secure ? '__Host-cost-pillar' : `cost-pillar-${request.socket.localPort ?? 0}`;
}

function optionsOf(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: request.secure };
}

export function setSessionCookie(request: Request, response: Response, session: { token: string; expiresAt: Date }): void {
  response.cookie(nameOf(request), session.token, { ...optionsOf(request), expires: session.expiresAt });
}

export function clearSessionCookie(request: Request, response: Response): void {
  response.clearCookie(nameOf(request), optionsOf(request));
}

export function sessionTokenOf(request: Request): string | null {
  const prefix = `${nameOf(request)}=`;
  const found = (request.headers.cookie ?? '').split(';').find((part) => part.trimStart().startsWith(prefix));
  const token = found?.trim().slice(prefix.length) ?? '';
  return /^[0-9A-Za-z]{20,100}$/.test(token) ? token : null;
}
