import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal.ts';
import type { ServiceId } from './world.ts';

export interface Credential {
  readonly accessKeyId: string;
  readonly regionId: string;
}

const AUTHORIZATION = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([0-9a-f]{64})$/;

/**
 * Reads Signature Version 4's header. The sandbox knows no secrets, so the signature itself is not recomputed; any region is accepted,
 * since a client with its own endpoint signs with the region that it was configured with.
 */
export function readCredential(headers: IncomingHttpHeaders, service: ServiceId): Credential {
  const header = headers.authorization;
  if (header === undefined) throw missing(service);
  const [, scope = '', signedHeaders = ''] = AUTHORIZATION.exec(header) ?? [];
  const [accessKeyId, date, regionId, scopeService, terminator, ...rest] = scope.split('/');
  const wellFormed =
    accessKeyId && /^\d{8}$/.test(date ?? '') && regionId && terminator === 'aws4_request' && rest.length === 0 && signedHeaders;
  if (!wellFormed)
    throw new Refusal('IncompleteSignatureException', `Authorization header is not complete. Authorization=${header}`);
  if (scopeService !== service)
    throw new Refusal('InvalidSignatureException', `Credential should be scoped to correct service: '${service}'.`);
  return { accessKeyId, regionId };
}

function missing(service: ServiceId): Refusal {
  return service === 'sts'
    ? new Refusal('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
    : new Refusal('MissingAuthenticationTokenException', 'Missing Authentication Token');
}
