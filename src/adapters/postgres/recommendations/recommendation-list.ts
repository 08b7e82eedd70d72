import type pg from 'pg';
import { isDay } from '../../../kernel/calendar.ts';
import { AdvisorError } from '../../../kernel/failure.ts';
import { isPlainDecimal } from '../../../kernel/money.ts';
import type {
  RecommendationFilter,
  RecommendationPage,
  RecommendationSort,
  RecommendationStore,
} from '../../../operations/ports/recommendations.ts';
import { storableText } from '../safe-values.ts';
import { type RecommendationRow, storedRecommendation } from './recommendation-rows.ts';

interface Order {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
  readonly cast: string;
  readonly isKey: (key: string) => boolean;
}

/** The only orders there are; each has an index of its own that starts with tenant and status. */
const ORDERS: Readonly<Record<RecommendationSort, Order>> = {
  netMonthlySavings: { column: 'net_monthly_savings', direction: 'desc', cast: 'numeric', isKey: isPlainDecimal },
  rank: { column: 'rank', direction: 'asc', cast: 'integer', isKey: (key) => /^\d{1,9}$/.test(key) },
  firstSeen: { column: 'first_seen', direction: 'desc', cast: 'date', isKey: isDay },
};
const MAXIMUM_PAGE = 500;

type Question = Parameters<RecommendationStore['list']>[1];

/** One page and the count of everything that the filter lets through. INVALID_INPUT for a limit, amount or cursor that cannot be. */
export async function listRecommendations(client: pg.ClientBase, question: Question): Promise<RecommendationPage> {
  const order = ORDERS[question.sort];
  refuseOddQuestion(question, order);
  const filter = filterOf(question.filter);
  const { rows: counted } = await client.query<{ count: string }>(
    `select count(*) as count from app.recommendation r where r.status = any ($1) ${filter.sql}`,
    [question.filter.statuses, ...filter.values],
  );
  const rows = await pageRows(client, question, order, filter);
  const items = rows.slice(0, question.limit);
  const last = rows.length > question.limit ? items.at(-1) : undefined;
  return {
    items: items.map((row) => storedRecommendation(row.body)),
    next: last ? { key: last.key, id: last.id } : null,
    count: Number(counted[0]?.count ?? 0),
  };
}

type PageRow = Pick<RecommendationRow, 'id' | 'body'> & { readonly key: string };

/** Each status is read in index order by itself and the heads are merged, so that a page deep inside costs what the first one does. */
async function pageRows(client: pg.ClientBase, question: Question, order: Order, filter: Filter): Promise<readonly PageRow[]> {
  const { column, direction, cast } = order;
  const by = `${column} ${direction}, id ${direction}`;
  const limit = `$${filter.values.length + 2}`;
  const [key, id] = [`$${filter.values.length + 3}`, `$${filter.values.length + 4}`];
  const after = question.after
    ? `and (r.${column}, r.id) ${direction === 'desc' ? '<' : '>'} (${key}::${cast}, ${id}::text collate "C")`
    : '';
  const { rows } = await client.query<PageRow>(
    `select id, ${column}::text as key, body from unnest($1::text[]) as wanted (status)
      cross join lateral (
        select r.id, r.${column}, r.body from app.recommendation r
         where r.status = wanted.status ${filter.sql} ${after}
         order by ${by} limit ${limit}) heads
      order by ${by} limit ${limit}`,
    [
      [...new Set(question.filter.statuses)],
      ...filter.values,
      question.limit + 1,
      ...(question.after ? [question.after.key, storableText(question.after.id)] : []),
    ],
  );
  return rows;
}

interface Filter {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Conditions on `r`, their values from $2 on. */
function filterOf(filter: RecommendationFilter): Filter {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(`and ${condition(`$${values.length + 1}`)}`);
  };
  add(filter.categories, (p) => `r.category = any (${p})`);
  add(filter.detectorIds?.map(storableText), (p) => `r.detector_id = any (${p})`);
  add(filter.accountIds?.map(storableText), (p) => `r.account_id = any (${p})`);
  add(filter.minimumNetMonthlySavings, (p) => `r.net_monthly_savings >= ${p}::numeric`);
  // Not LIKE: every character of the text stands for itself.
  add(filter.resourceIdContains && storableText(filter.resourceIdContains), (p) => `strpos(r.resource_id, ${p}::text) > 0`);
  return { sql: conditions.join(' '), values };
}

function refuseOddQuestion({ filter, limit, after }: Question, order: Order | undefined): asserts order is Order {
  const refuse = (what: string, nextStep: string): never => {
    throw new AdvisorError('INVALID_INPUT', what, nextStep);
  };
  if (order === undefined) refuse('There is no such order.', `Sort by one of: ${Object.keys(ORDERS).join(', ')}.`);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_PAGE) {
    refuse(`A page of ${limit} cannot be read.`, `Ask for 1 to ${MAXIMUM_PAGE} recommendations.`);
  }
  const minimum = filter.minimumNetMonthlySavings;
  if (minimum !== undefined && !isPlainDecimal(minimum)) {
    refuse('The minimum saving is not an amount.', 'Write it as a decimal, for example "50" or "12.50".');
  }
  if (after !== null && order !== undefined && !order.isKey(after.key)) {
    refuse('This page mark does not belong to this order.', 'Start again at the first page.');
  }
}
