import type { AdviceDocument, RecommendationRow } from '../advice/advice-document.ts';
import { formatMoney, type Locale } from '../kernel/locale.ts';
import { oneLine } from '../kernel/text.ts';
import type { DecideResult } from '../operations/decide.ts';
import { shortId } from './accepted-cost-text.ts';
import { DISMISSED_WORDS, REOPENED_AFTER_DECISION_WORDS, STATUS_WORDS } from './decision-words.ts';
import { type Column, table } from './table.ts';

const WORDS = {
  en: {
    what: 'what to do',
    account: 'account',
    resource: 'resource',
    id: 'id',
    from: 'was',
    to: 'is',
    said: 'with',
    net: 'a month',
    payback: 'pays back in months',
    waiting: 'cost of waiting',
    same: 'as before',
    dryRun: 'Nothing was kept. This would change:',
    kept: 'Kept.',
    changed: 'changed',
    unchanged: 'as before',
    next: 'The totals and what depends on these follow with: npx --no-install cost-pillar advise',
    owner: 'owner',
    due: 'due',
    approval: 'approval',
    until: 'until',
    done: 'done by',
    doneOn: 'done on',
    agreed: 'Accepted: who does it, until when, and what waiting has cost',
    seen: 'Accepted and gone from the data: done? Confirm with decide <id> --to implemented --seen --by <name>',
    lastSeen: 'last seen',
    still: 'Said to be done, and still in the data: not done after all?',
    since: 'since',
    backOn: 'since',
    back: 'Back after a decision, and among the advice above',
    because: 'because',
    cost: 'costs a month',
  },
  ja: {
    what: '推奨事項',
    account: 'アカウント',
    resource: 'リソース',
    id: 'ID',
    from: '変更前',
    to: '変更後',
    said: '内容',
    net: '月額',
    payback: '回収期間 (月)',
    waiting: '待機コスト',
    same: '変更なし',
    dryRun: '保存していません。次のように変わります。',
    kept: '保存しました。',
    changed: '変更',
    unchanged: '変更なし',
    next: '合計と関連する推奨事項は次回の判定で更新されます: npx --no-install cost-pillar advise',
    owner: '担当者',
    due: '期限',
    approval: '稟議',
    until: '保留期限',
    done: '実施者',
    doneOn: '実施日',
    agreed: '採用済み: 担当者・期限・待機コスト',
    seen: '採用後にデータから消えたもの (実施済みであれば decide <ID> --to implemented --seen --by <氏名> で確定してください)',
    lastSeen: '最終検出日',
    still: '実施済みとされたが、引き続き検出されているもの (要確認)',
    since: '検出日',
    backOn: '再表示日',
    back: '判断後に戻った推奨事項 (上記に含まれます)',
    because: '理由',
    cost: '現在の月額',
  },
} as const;

const APPROVAL_WORDS = {
  notNeeded: { en: 'not needed', ja: '不要' },
  requested: { en: 'requested', ja: '申請中' },
  approved: { en: 'approved', ja: '承認済み' },
  returned: { en: 'returned', ja: '差戻し' },
} as const;

const right = (title: string): Column => ({ title, align: 'right' });

/** What a decision changed, or would change. */
export function decidedText({ dryRun, items }: DecideResult, locale: Locale): string {
  const words = WORDS[locale];
  const rows = items.map(({ from, changed, netMonthlySavingsBefore, recommendation: item }) => [
    ...placeOf(item),
    STATUS_WORDS[from][locale],
    changed ? STATUS_WORDS[item.status][locale] : words.same,
    saidOf(item, locale),
    formatMoney(netMonthlySavingsBefore, item.currency, locale),
    item.paybackMonths ?? '',
    item.costOfWaiting === null ? '' : formatMoney(item.costOfWaiting, item.currency, locale),
    item.id,
  ]);
  const columns = [
    ...placeColumns(locale),
    { title: words.from },
    { title: words.to },
    { title: words.said },
    right(words.net),
    right(words.payback),
    right(words.waiting),
    { title: words.id },
  ];
  const changed = items.filter((item) => item.changed).length;
  const count = `${words.changed}: ${changed}, ${words.unchanged}: ${items.length - changed}`;
  const head = dryRun ? words.dryRun : words.kept;
  return [`${head} ${count}`, table(columns, rows), ...(dryRun || changed === 0 ? [] : [words.next])].join('\n\n');
}

/** What people have taken on, what waits for their word, and what came back. Empty where there is none of it. */
export function decisionsText(advice: AdviceDocument, locale: Locale, most: number): string {
  return [agreedText(advice, locale, most), seenText(advice, locale), stillText(advice, locale), backText(advice, locale)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function agreedText({ recommendations }: AdviceDocument, locale: Locale, most: number): string {
  const words = WORDS[locale];
  const agreed = recommendations.filter(({ status, decision }) => status === 'accepted' && decision !== null);
  const rows = agreed
    .slice(0, most)
    .map((item) => [
      ...placeOf(item),
      oneLine(item.decision?.owner ?? '', 30),
      item.decision?.dueOn ?? '',
      approvalOf(item, locale),
      formatMoney(item.netMonthlySavings, item.currency, locale),
      item.paybackMonths ?? '',
      item.costOfWaiting === null ? '' : formatMoney(item.costOfWaiting, item.currency, locale),
    ]);
  const columns = [{ title: words.owner }, { title: words.due }, { title: words.approval }];
  const title = `${words.agreed}: ${rows.length} / ${agreed.length}`;
  return section(title, locale, [...columns, right(words.net), right(words.payback), right(words.waiting)], rows);
}

function seenText({ seenAsDone }: AdviceDocument, locale: Locale): string {
  const words = WORDS[locale];
  const rows = seenAsDone.map((item) => [...placeOf(item), oneLine(item.decision?.owner ?? '', 30), item.lastSeen, item.id]);
  return section(words.seen, locale, [{ title: words.owner }, { title: words.lastSeen }, { title: words.id }], rows);
}

function stillText({ recommendations }: AdviceDocument, locale: Locale): string {
  const words = WORDS[locale];
  const rows = recommendations.flatMap((item) =>
    item.stillSeen === null
      ? []
      : [
          [
            ...placeOf(item),
            oneLine(item.decision?.implementer ?? '', 30),
            item.decision?.implementedOn ?? '',
            item.stillSeen,
            item.id,
          ],
        ],
  );
  const columns = [{ title: words.done }, { title: words.doneOn }, { title: words.since }, { title: words.id }];
  return section(words.still, locale, columns, rows);
}

function backText({ recommendations }: AdviceDocument, locale: Locale): string {
  const words = WORDS[locale];
  const rows = recommendations.flatMap((item) => {
    if (item.reopenedAfterDecision === null) return [];
    const { because, day, monthlyCost } = item.reopenedAfterDecision;
    const cost = formatMoney(monthlyCost, item.currency, locale);
    return [[...placeOf(item), REOPENED_AFTER_DECISION_WORDS[because][locale], day, cost]];
  });
  return section(words.back, locale, [{ title: words.because }, { title: words.backOn }, right(words.cost)], rows);
}

function section(title: string, locale: Locale, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${title}\n${table([...placeColumns(locale), ...columns], rows)}`;
}

function placeColumns(locale: Locale): readonly Column[] {
  const words = WORDS[locale];
  return [{ title: words.what }, { title: words.account }, { title: words.resource }];
}

function placeOf({ title, accountId, resourceId }: RecommendationRow): readonly string[] {
  return [oneLine(title, 50), oneLine(accountId, 20), shortId(resourceId ?? '–')];
}

function approvalOf({ decision }: RecommendationRow, locale: Locale): string {
  const approval = decision?.approval;
  if (!approval) return '';
  const state = APPROVAL_WORDS[approval.state][locale];
  return approval.reference === null ? state : `${state} (${oneLine(approval.reference, 30)})`;
}

/** What the decision says beside the status, in a few words. */
function saidOf(item: RecommendationRow, locale: Locale): string {
  const words = WORDS[locale];
  const { decision } = item;
  if (decision === null) return '';
  const parts = {
    accepted: [decision.owner, decision.dueOn && `${words.due} ${decision.dueOn}`, approvalOf(item, locale)],
    implemented: [decision.implementer, decision.implementedOn],
    snoozed: [decision.snoozedUntil && `${words.until} ${decision.snoozedUntil}`],
    dismissed: [decision.dismissedBecause && DISMISSED_WORDS[decision.dismissedBecause][locale]],
    open: [],
  }[decision.to];
  return [...parts, decision.comment]
    .filter((part) => part !== null && part !== '')
    .map((part) => oneLine(part ?? '', 50))
    .join(', ');
}
