import { Argument, Option } from 'commander';
import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import { assignAccount } from '../../operations/assign-account.ts';
import { listAccounts } from '../../operations/list-accounts.ts';
import type { Verb, VerbTools } from '../command.ts';
import { table } from '../table.ts';

/** Whose each account is. */
export const accountsList: Verb<object> = {
  name: 'list',
  summary: "every account of the operator's connections (or of --tenant), and whose it is",
  examples: ['accounts list', 'accounts list --tenant acme --json'],
  run: async (tools) => {
    const context = await tools.context({ operator: true });
    const names = await tenantNames(tools);
    const own = names.get(context.scope.tenantId) ?? '';
    const connections = new Map((await context.ports.connections.list(context.scope)).map(({ id, name }) => [id, name]));
    const document = (await listAccounts(context)).map(({ accountId, accountName, assignments }) => ({
      accountId,
      accountName,
      assignments: assignments.map(({ tenantId, connectionId, period }) => ({
        tenant: names.get(tenantId) ?? tenantId,
        connection: connections.get(connectionId) ?? connectionId,
        from: period.start,
        until: period.end >= '9999' ? null : period.end,
      })),
    }));
    const rows = document.flatMap(({ accountId, accountName, assignments }) => {
      const account = [accountId, oneLine(accountName ?? '', 40)];
      if (assignments.length === 0) return [[...account, `unassigned (${own})`, '', '', '']];
      return assignments.map((item) => [...account, item.tenant, item.from, item.until ?? '', item.connection]);
    });
    const titles = ['account', 'name', 'whose', 'from', 'until', 'believed over'].map((title) => ({ title }));
    return { document, text: rows.length === 0 ? 'No account is known yet. Run `sync` first.' : table(titles, rows) };
  },
};

interface AssignOptions {
  readonly to: string;
  readonly from: string;
  readonly until?: string;
  readonly connection?: string;
}

/** Gives an account to a tenant, with its cost since that day. */
export const accountsAssign: Verb<AssignOptions> = {
  name: 'assign',
  summary: 'give an account to a tenant from a day on; what is stored since then moves with it',
  examples: [
    'accounts assign 111122223333 --to acme --from 2026-04-01',
    'accounts assign 111122223333 --to bunkyo --from 2026-10-15 --connection payer',
  ],
  arguments: [new Argument('<account>', 'its 12 digits')],
  options: [
    new Option('--to <tenant>', 'whose it is from then on; made where there is no such tenant yet').makeOptionMandatory(),
    new Option('--from <day>', 'the first day (YYYY-MM-DD)').makeOptionMandatory(),
    new Option('--until <day>', 'the first day on which it is so no longer; left out: until somebody says otherwise'),
    new Option('--connection <name>', 'the one connection that is believed about it; may be left out where there is only one'),
  ],
  run: async (tools, options, [accountId = ''] = []) => {
    const context = await tools.context({ operator: true });
    const { directory } = await tools.house();
    if (!/^\d{12}$/.test(accountId)) {
      throw new AdvisorError('INVALID_INPUT', 'An AWS account has 12 digits', 'Write it as in "111122223333".');
    }
    const known = await directory.byName(options.to);
    if (!known) tools.say(`There was no tenant "${options.to}" yet; it has been made.`);
    const tenant = known ?? (await directory.create({ name: options.to, locale: tools.config.locale }));
    const done = await assignAccount(context, {
      accountId,
      tenantId: tenant.id,
      from: options.from,
      until: options.until ?? null,
      connectionName: options.connection ?? null,
    });
    const moved =
      done.windows === 0
        ? 'Nothing was stored of it yet.'
        : `Its cost since then moved in ${done.windows} stored windows; the payer's total stayed. Facts of now come with the next sync.`;
    return {
      document: { ...done, tenant: tenant.name },
      text: `${accountId} belongs to ${tenant.name} from ${done.from}${done.until ? ` until ${done.until}` : ''}, over ${done.connection}. ${moved}`,
    };
  },
};

async function tenantNames(tools: VerbTools): Promise<ReadonlyMap<string, string>> {
  return new Map((await (await tools.house()).directory.list()).map(({ id, name }) => [id, name]));
}
