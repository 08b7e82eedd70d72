import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { stateOf } from './request-state.ts';

const NOBODY = ["'none'"];
const SELF = ["'self'"];

/** On every answer. `https`: the server is reached over TLS, so browsers may be told to insist on it. */
export function securityHeaders(https: boolean): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { 'default-src': NOBODY, 'base-uri': NOBODY, 'form-action': NOBODY, 'frame-ancestors': NOBODY },
      },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
      strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    }),
    (request, response, next) => {
      response.setHeader('x-request-id', stateOf(request).requestId);
      response.setHeader('cache-control', 'no-store');
      response.vary('Authorization, Cookie, Accept-Language');
      next();
    },
  ];
}

/**
 * For pages with our own scripts. Cloudscape, ECharts and Swagger UI set styles on elements and carry fonts and pictures as data;
 * `upgrade-insecure-requests` stays away, since it breaks a page served over plain http.
 */
export const pagePolicy: RequestHandler = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    'default-src': NOBODY,
    'script-src': SELF,
    'style-src': [...SELF, "'unsafe-inline'"],
    'img-src': [...SELF, 'data:'],
    'font-src': [...SELF, 'data:'],
    'connect-src': SELF,
    'base-uri': NOBODY,
    'form-action': NOBODY,
    'frame-ancestors': NOBODY,
  },
});
