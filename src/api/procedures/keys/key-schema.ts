import { z } from 'zod';
import type { ApiKey } from '../../../operations/ports/access.ts';
import { KEY_SCOPES } from '../../../operations/ports/access.ts';
import { ALL_ROLES } from '../../base.ts';
import { instant } from '../../schema.ts';

export const keySchema = z
  .object({
    keyId: z.string().meta({ description: 'The public part of the key: the letters between cpk_ and the next underscore.' }),
    name: z.string(),
    scopes: z.array(z.enum(KEY_SCOPES)),
    role: z.enum(ALL_ROLES),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey', description: 'A key without its secret, which is shown once and kept nowhere.' });

export function shownKey(key: ApiKey): z.infer<typeof keySchema> {
  return { ...key, scopes: [...key.scopes] };
}
