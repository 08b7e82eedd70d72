import type { Locale } from '../kernel/locale.ts';
import { GAP_WORDS } from './gap-words.ts';

export const COMMITMENT_WORDS = {
  en: {
    head: (day: string, cost: string, hours: string, without: string) =>
      `Seen on ${day}. After all other advice ${cost} an hour stay on demand; ${hours}.${without && ` Not in it, since it could not be sized: ${without}.`}`,
    headUnknown: (day: string) => `Seen on ${day}. What stays on demand after all other advice is not known.`,
    separator: ', ',
    nothing: 'Nothing to buy: no offer is worth it for this usage.',
    notSized: 'Whether to buy anything is not known: no accounts could be sized.',
    noRates: 'Whether to buy anything is not known: no rates of plans or reservations are known for this usage.',
    priced: (percent: string) => `Rates are known for ${percent} % of the usage; nothing is proposed for the rest.`,
    sharingGroup: 'sharing group',
    columns: ['plan', 'for', 'term', 'buy now, hourly', 'optimum, hourly', 'pays from month', 'saves a year', 'at the optimum'],
    all: 'all',
    never: 'never',
    risk: 'If usage falls and the first purchases stay, saved a year',
    gap: (percent: string) => `No purchase from these rates can cost less than the optimum by more than ${percent} %.`,
    ladder: 'The rest in two steps, each worked out again: after 3 and 6 months.',
    hours: {
      hourly: 'its hours are known',
      mixed: 'the hours of a part are known and stand for the rest',
      daily:
        'only days are known, whose means hide quiet hours: less is proposed, and hourly data in Cost Explorer would say more',
    },
    recent: (ids: string) => `What these cover is not sized yet, since they began within the look-back or are queued: ${ids}.`,
    arriving: (count: number, cost: string) =>
      `Not counted: ${count} accounts that moved in during the look-back (${cost} an hour).`,
    notCovered: (cost: string) =>
      `Databases for ${cost} an hour on demand are of kinds that no Database Savings Plan takes: reservations alone are sized for them.`,
    unknown: 'could not be sized',
    aws: 'AWS would buy',
    awsUnknown: (days: number) => `What AWS itself would buy on ${days} days is not known.`,
    ours: 'we propose first',
    reasons: {
      daysAndRates: 'other days and rates, and usage that only AWS counts',
      otherAdvice: 'idle, oversized, ending and newly moved usage taken off first',
      otherPlans: 'plans of other types beside it',
      firstTranche: 'a first tranche only',
    },
    alternatives: 'Other ways, at their optimum (not to be added up)',
    waves:
      'Waves of the plan that no purchase counts on; what would be best after them is not known before their usage has settled',
    wave: (wave: string, cutOver: string, workloads: string, from: string) =>
      `${wave}, cut-over ${cutOver} (${workloads}): can be sized from ${from}`,
    owned: 'Owned',
    ownedColumns: ['commitment', 'kind', 'hourly', 'ends', 'days', 'used %', 'for nothing a month', 'grows by when it ends'],
    ownedUnknown: 'What is owned could not be read; nothing is said of it.',
    none: 'No commitment is owned.',
    months: ['month', 'covered %', 'used %', 'effective savings rate %', 'for nothing'],
    gaps: 'What to look at (a month; not added to the advice)',
    noGaps: 'Nothing to look at.',
    gapWords: GAP_WORDS.en,
  },
  ja: {
    head: (day: string, cost: string, hours: string, without: string) =>
      `基準日 ${day}。他の施策をすべて実施した後も、1時間あたり${cost}のオンデマンド利用が残ります（${hours}）。${without && `${without}は算出できないため、この金額に含まれていません。`}`,
    headUnknown: (day: string) => `基準日 ${day}。他の施策を実施した後に残るオンデマンド利用は算出できません。`,
    separator: '、',
    nothing: '購入をお勧めできるものはありません。',
    notSized: '算出できるアカウントがないため、購入すべきかどうかは判断できません。',
    noRates: 'この利用に適用されるプランやリザーブドの料率が分からないため、購入すべきかどうかは判断できません。',
    priced: (percent: string) => `料率が分かっているのは利用額の${percent}%です。残りについては提案していません。`,
    sharingGroup: '共有グループ',
    columns: [
      'プラン',
      '対象',
      '期間・支払い',
      '今回の購入（1時間）',
      '最適値（1時間）',
      '回収月',
      '年間削減額',
      '最適値での年間削減額',
    ],
    all: '全体',
    never: '回収不可',
    risk: '利用が減り、今回の購入分だけが残った場合の年間削減額',
    gap: (percent: string) => `この料率で、最適値よりさらに安くなる余地は最大${percent}%です。`,
    ladder: '残りは3か月後と6か月後に、その都度再計算して購入します。',
    hours: {
      hourly: '時間別データあり',
      mixed: '一部のみ時間別データあり。残りはその形で推定',
      daily:
        '日別データのみ。平均では利用の少ない時間が見えないため控えめに算出。Cost Explorerの時間別データを有効にすると精度が上がります',
    },
    recent: (ids: string) =>
      `次のコミットメントは参照期間中に開始したか開始待ちのため、その対象となる利用はまだ算出していません: ${ids}`,
    arriving: (count: number, cost: string) => `参照期間中に利用を開始した${count}アカウント（1時間あたり${cost}）は対象外です。`,
    notCovered: (cost: string) =>
      `1時間あたり${cost}のデータベースは、Database Savings Plansの対象外です（リザーブドのみ算出）。`,
    unknown: '算出不可',
    aws: 'AWSの推奨',
    awsUnknown: (days: number) => `直近${days}日間に基づくAWSの推奨は取得できていません。`,
    ours: '当方の初回提案',
    reasons: {
      daysAndRates: '対象日・料率の差と、AWSのみが算入する利用',
      otherAdvice: '未使用・過大・終了予定・移行直後の分を先に除外',
      otherPlans: '他種類のプランとの併用',
      firstTranche: '初回分のみ',
    },
    alternatives: '別の買い方（それぞれの最適値。合算不可）',
    waves: '今回の提案に含めていない移行ウェーブ（利用実績が確定するまで、移行後の最適値は算出できません）',
    wave: (wave: string, cutOver: string, workloads: string, from: string) =>
      `${wave}（切り替え日 ${cutOver}、${workloads}）: ${from}以降に算出できます`,
    owned: '保有コミットメント',
    ownedColumns: [
      'コミットメント',
      '種類',
      '1時間あたり',
      '終了日',
      '残り日数',
      '使用率 %',
      '未使用分（月額）',
      '終了時の増加額（月額）',
    ],
    ownedUnknown: '保有状況を読み取れないため、判断できません。',
    none: '保有しているコミットメントはありません。',
    months: ['月', 'カバー率 %', '使用率 %', '実効割引率 %', '未使用額'],
    gaps: '確認すべき点（月額。推奨事項には加算していません）',
    noGaps: '確認すべき点はありません。',
    gapWords: GAP_WORDS.ja,
  },
} as const;

export type CommitmentWords = (typeof COMMITMENT_WORDS)[Locale];
