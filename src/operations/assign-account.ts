import { asDay, type Day } from '../kernel/calendar.ts';
import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import type { Context } from './context.ts';
import type { Connection } from './ports/connections.ts';

export interface AssignAccountInput {
  /** 12 digits on AWS; other clouds have their own. */
  readonly accountId: string;
  /** Whose it is from then on. Only the operator gives accounts to others. */
  readonly tenantId: string;
  readonly from: Day;
  /** The first day on which it is so no longer; null: until somebody says otherwise. */
  readonly until?: Day | null;
  /** The one connection that is believed about it; may be left out where there is only one. */
  readonly connectionName?: string | null;
}

export interface AccountAssigned {
  readonly accountId: string;
  readonly tenantId: string;
  readonly connection: string;
  readonly from: Day;
  readonly until: Day | null;
  /** Stored windows that were split anew, so that earlier cost since `from` moved too. */
  readonly windows: number;
}

/** No assignment ends: as far as a calendar with four digits goes. */
const FAR_END = '9999-12-31';

/** Gives an account to a tenant from a day on, with its cost since then. CONFLICT where it is given away already on some of these days. */
export async function assignAccount(context: Context, input: AssignAccountInput): Promise<AccountAssigned> {
  const { scope, ports } = context;
  const accountId = oneLine(input.accountId.trim(), 128);
  if (accountId === '') throw new AdvisorError('INVALID_INPUT', 'An account has a name', 'Give its 12 digits.');
  const from = asDay(input.from, 'first day');
  const until = input.until ? asDay(input.until, 'last day') : null;
  const connection = chosen(await ports.connections.list(scope), input.connectionName ?? null);
  const period = { start: from, end: until ?? FAR_END };
  const moved = await ports.assignments.assign(scope, {
    accountId,
    tenantId: input.tenantId,
    connectionId: connection.id,
    period,
  });
  const detail = { to: input.tenantId, connection: connection.name, from, until: until ?? 'open' };
  await ports.audit.record(scope, { action: 'accountAssigned', subject: accountId, detail });
  return { accountId, tenantId: input.tenantId, connection: connection.name, from, until, ...moved };
}

function chosen(all: readonly Connection[], name: string | null): Connection {
  const [only, ...others] = name === null ? all : all.filter((connection) => connection.name === name);
  if (only && others.length === 0) return only;
  const names = all.map((connection) => connection.name).join(', ');
  if (all.length === 0) throw new AdvisorError('NOT_READY', 'Nothing is connected here yet', 'Connect the payer first.');
  if (only)
    throw new AdvisorError('INVALID_INPUT', 'There is more than one connection', `Say which with --connection: ${names}.`);
  throw new AdvisorError('NOT_FOUND', `There is no connection "${name}"`, `There are: ${names}.`);
}
