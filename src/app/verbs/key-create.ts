import { Option } from 'commander';
import type { Role } from '../../operations/context.ts';
import { createKey } from '../../operations/create-key.ts';
import { KEY_SCOPES, type KeyScope } from '../../operations/ports/access.ts';
import type { Verb } from '../command.ts';
import { wholeNumber } from './sandbox.ts';

interface KeyOptions {
  readonly name: string;
  readonly scope: KeyScope;
  readonly role: Role;
  readonly expiresInDays?: string;
}

/** A key for a program; its secret is shown this once. */
export const keyCreate: Verb<KeyOptions> = {
  name: 'create',
  summary: 'make a key for a program; it is shown once',
  examples: ['key create --name reporting', 'key create --name portal --scope write --role reviewer --expires-in-days 90'],
  options: [
    new Option('--name <text>', 'what the key is for').default('api'),
    new Option('--scope <scope>', 'what it may do').choices(KEY_SCOPES).default('read'),
    new Option('--role <role>', 'whose rights it has').choices(['viewer', 'reviewer', 'tenantAdmin']).default('viewer'),
    new Option('--expires-in-days <days>', 'after which it is refused; left out: until it is revoked'),
  ],
  run: async (tools, options) => {
    const context = await tools.context();
    const { key, secret } = await createKey(context, {
      name: options.name,
      scopes: options.scope === 'write' ? ['read', 'write'] : ['read'],
      role: options.role,
      expiresInDays:
        options.expiresInDays === undefined ? null : wholeNumber(options.expiresInDays, '--expires-in-days', 1, 3_650),
    });
    return {
      document: { ...key, secret },
      text: `${secret}\n\nThis is the only time it is shown. Use it as: Authorization: Bearer <key>`,
    };
  },
};
