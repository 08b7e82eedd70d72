import { dayOf } from '../../../kernel/calendar.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { Fact } from '../../../ledger/fact.ts';
import type { OrganizationAccount } from '../../../ledger/organization.ts';
import { Account, Tag } from './schema.ts';

/** Where an account hangs: units from the top down. */
export interface Place {
  readonly ouPath: readonly string[];
  readonly ouIds: readonly string[];
}

/** Throws zod's error when the account cannot be read; the caller counts it. */
export function mapAccount(
  raw: unknown,
  about: { readonly organizationId: string; readonly place: Place | null; readonly tags: readonly unknown[] },
): Fact<OrganizationAccount> {
  const { Id, Name, State, Status, JoinedTimestamp } = Account.parse(raw);
  const { organizationId, place, tags } = about;
  return {
    accountId: Id,
    day: null,
    key: Id,
    body: {
      name: oneLine(Name ?? '', 200),
      status: oneLine(State ?? Status ?? 'UNKNOWN', 40),
      joinedOn: JoinedTimestamp ? dayOf(JoinedTimestamp) : null,
      organizationId,
      ouPath: place?.ouPath.map((name) => oneLine(name, 128)) ?? null,
      ouIds: place ? [...place.ouIds] : null,
      tags: tags.flatMap((tag) => {
        const read = Tag.safeParse(tag);
        return read.success ? [{ key: oneLine(read.data.Key, 128), value: oneLine(read.data.Value ?? '', 256) }] : [];
      }),
    },
  };
}
