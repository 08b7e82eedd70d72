import { createHmac } from 'node:crypto';

/** A signed context opens transactions for this long; a transaction that began in time keeps it until its end. */
const VALID_SECONDS = 60;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The text that `app.tenant()` checks: "tenant|expiry|mac", expiry in whole seconds of the database's clock. Only the holder of the key
 * can make one, so a statement injected into a tenant's transaction cannot become another tenant.
 */
export function signTenantContext(signingKey: Buffer, tenantId: string, databaseNow: number): string {
  if (!UUID.test(tenantId)) throw new TypeError('A tenant id is a lower-case UUID.');
  const claim = `${tenantId}|${Math.floor(databaseNow / 1000) + VALID_SECONDS}`;
  return `${claim}|${createHmac('sha256', signingKey).update(claim).digest('hex')}`;
}

/** HMAC's two padded keys (RFC 2104), so that Postgres needs nothing but its own `sha256(bytea)`. */
export function hmacPads(signingKey: Buffer): { readonly inner: Buffer; readonly outer: Buffer } {
  const block = Buffer.alloc(64);
  signingKey.copy(block);
  return { inner: Buffer.from(block.map((byte) => byte ^ 0x36)), outer: Buffer.from(block.map((byte) => byte ^ 0x5c)) };
}
