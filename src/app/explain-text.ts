import { formatMoney, type Locale } from '../kernel/locale.ts';
import { exact } from '../kernel/money.ts';
import { oneLine } from '../kernel/text.ts';
import type { ResourceKnown } from '../operations/explain/known.ts';
import type { AccountExplained, Candidates, Explained, ResourceExplained } from '../operations/explain.ts';
import { answersText } from './explain-answers-text.ts';
import { EXPLAIN_WORDS, PAID_BY_WORDS } from './explain-words.ts';
import { resourceTypeInWords } from './resource-type-words.ts';
import { table } from './table.ts';

const MOST_TAGS = 20;

/** What is known of one thing and what every rule says of it, for a terminal that a meeting looks at. */
export function explainText(told: Exclude<Explained, Candidates>, locale: Locale): string {
  const words = EXPLAIN_WORDS[locale];
  return [
    told.kind === 'account' ? accountText(told, locale) : resourceText(told, locale),
    answersText(told, locale),
    `${words.seen} ${told.asOf}, ${words.data} ${told.dataAsOf ?? '–'}; ${words.month}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

export function candidatesText({ asked, candidates, count }: Candidates, locale: Locale): string {
  const words = EXPLAIN_WORDS[locale];
  const rows = candidates.map(({ resourceId, resourceType, accountId, regionId }) => [
    oneLine(resourceId),
    resourceTypeInWords(resourceType, locale),
    oneLine(accountId, 20),
    oneLine(regionId ?? '–', 40),
  ]);
  const titles = [words.id, words.type, words.account, words.region].map((title) => ({ title }));
  const rest = count > candidates.length ? [`+ ${count - candidates.length} ${words.more}`] : [];
  const about = locale === 'ja' ? `「${oneLine(asked, 200)}」${words.several}` : `"${oneLine(asked, 200)}" ${words.several}`;
  return [about, [table(titles, rows), ...rest].join('\n'), words.next].join('\n\n');
}

function resourceText({ subject, currency }: ResourceExplained, locale: Locale): string {
  const words = EXPLAIN_WORDS[locale];
  const head = [
    `${oneLine(subject.resourceId, 300)}`,
    [resourceTypeInWords(subject.resourceType, locale), accountOf(subject, locale), subject.regionId ?? '']
      .filter((part) => part !== '')
      .join(' · '),
    subject.bill ? billedText(subject.bill, locale) : words.notOnBill,
  ];
  if (!subject.bill) return head.join('\n');
  const details = [`${words.tags}: ${tagsText(subject, locale)}`, `${words.measured}: ${measuredText(subject, locale)}`];
  const costs = subject.bill.usage.length === 0 ? [] : ['', usageText(subject.bill, currency, locale)];
  return [...head, ...details, ...costs].join('\n');
}

function accountText({ subject, currency }: AccountExplained, locale: Locale): string {
  const words = EXPLAIN_WORDS[locale];
  const { resources, liveRecommendations: live, monthlyCost, sharesCommitmentsWith: others } = subject;
  const money = (amount: string): string => formatMoney(amount, currency, locale);
  const gap = locale === 'ja' ? '' : ' ';
  return [
    accountOf(subject, locale),
    ...(monthlyCost === null ? [] : [`${words.cost}: ${money(monthlyCost)}`]),
    `${live.count}${gap}${words.live}: ${money(live.netMonthlySavings)} (${words.cost}, ${words.afterOverlap})`,
    `${resources}${gap}${words.resources}`,
    ...(others > 0 ? [words.shares.replace('{count}', String(others))] : []),
  ].join('\n');
}

function accountOf({ accountId, accountName }: { accountId: string; accountName: string | null }, locale: Locale): string {
  const name = accountName === null ? '' : ` (${oneLine(accountName, 60)})`;
  return `${EXPLAIN_WORDS[locale].account} ${oneLine(accountId, 20)}${name}`;
}

function billedText(bill: NonNullable<ResourceKnown['bill']>, locale: Locale): string {
  const words = EXPLAIN_WORDS[locale];
  const older = bill.mayBeOlder ? ` (${words.orOlder})` : '';
  return `${words.billed}: ${bill.firstBilledDay}${older} – ${bill.lastBilledDay}, ${bill.isStillBilled ? words.stillBilled : words.gone}`;
}

function tagsText({ tags }: ResourceKnown, locale: Locale): string {
  const words = EXPLAIN_WORDS[locale];
  if (tags.length === 0) return words.noTags;
  const shown = tags.slice(0, MOST_TAGS).map(({ key, value }) => `${oneLine(key, 60)}=${oneLine(value, 60)}`);
  return tags.length > MOST_TAGS ? `${shown.join(', ')}, + ${tags.length - MOST_TAGS}` : shown.join(', ');
}

function measuredText({ utilization }: ResourceKnown, locale: Locale): string {
  const words = EXPLAIN_WORDS[locale];
  if (utilization === null) return words.notMeasured;
  const { cpuMaximumPercent: cpu, memoryMaximumPercent: memory, connectionsMaximum: connections } = utilization;
  const parts = [
    ...(cpu === undefined ? [] : [`${words.cpu} ${cpu} %`]),
    ...(memory === undefined ? [] : [`${words.memory} ${memory} %`]),
    ...(connections === undefined ? [] : [`${words.connections} ${connections}`]),
  ];
  if (parts.length === 0) return words.notMeasured;
  const by = words.measuredBy
    .replace('{source}', utilization.source === 'ComputeOptimizer' ? 'Compute Optimizer' : utilization.source)
    .replace('{days}', String(utilization.lookbackDays))
    .replace('{day}', utilization.asOf);
  return `${parts.join(', ')} (${by})`;
}

function usageText(bill: NonNullable<ResourceKnown['bill']>, currency: string, locale: Locale): string {
  const words = EXPLAIN_WORDS[locale];
  const money = (amount: string): string => formatMoney(amount, currency, locale);
  const rows = bill.usage.map(({ usageType, unitsMonthly, monthlyCost, coveredBy }) => [
    oneLine(usageType, 60),
    exact(unitsMonthly).toDecimalPlaces(2).toFixed(),
    money(monthlyCost),
    PAID_BY_WORDS[coveredBy][locale],
  ]);
  const columns = [
    { title: words.usage },
    { title: words.units, align: 'right' as const },
    { title: words.cost, align: 'right' as const },
    { title: bill.usage.some(({ coveredBy }) => coveredBy !== 'none') ? words.paidBy : '' },
  ];
  return table(columns, [...rows, [words.total, '', money(bill.monthlyCost), '']]);
}
