import type { Locale } from '../../../kernel/locale.ts';

/** What a cell of a column becomes in the plan; `words` are what people write instead of our own. */
export type CellKind =
  | 'text'
  | 'amount'
  | 'share'
  | 'percent'
  | 'count'
  | 'day'
  | 'truth'
  | 'word'
  | 'accounts'
  | 'list'
  | 'tags';

export interface PlanColumn {
  readonly id: string;
  readonly ja: string;
  readonly kind: CellKind;
  /** Where it stands in the plan; `plan` stands in leading rows or in a sheet of its own. */
  readonly of: 'plan' | 'wave' | 'workload' | 'matches' | 'hearing' | 'line';
  readonly words?: Readonly<Record<string, string>>;
}

const ENVIRONMENTS = { production: '本番', staging: '検証', development: '開発' };
const CRITICALITIES = { high: '高', medium: '中', low: '低' };
const RECOVERY_ROLES = { active: '稼働系', standby: '待機系', none: 'なし' };
const KINDS = { aws: 'AWS利用料', oneOff: '一時費用', reserve: '予備費', operations: '運用費' };

/** One value each, of the whole plan. */
export const PLAN_VALUES: readonly PlanColumn[] = [
  { id: 'name', ja: '計画名', kind: 'text', of: 'plan' },
  { id: 'currency', ja: '通貨', kind: 'text', of: 'plan' },
  { id: 'planningRate', ja: '計画レート', kind: 'amount', of: 'plan' },
  { id: 'taxIncluded', ja: '税込', kind: 'truth', of: 'plan' },
  { id: 'taxPercent', ja: '税率(%)', kind: 'percent', of: 'plan' },
];

/** One row a line of a workload, in list order; the plan's own names in English. */
export const PLAN_COLUMNS: readonly PlanColumn[] = [
  { id: 'wave', ja: 'ウェーブ', kind: 'text', of: 'wave' },
  { id: 'cutOver', ja: '切替日', kind: 'day', of: 'wave' },
  { id: 'rampDays', ja: '立上げ日数', kind: 'count', of: 'wave' },
  { id: 'workload', ja: 'ワークロード', kind: 'text', of: 'workload' },
  { id: 'owner', ja: '担当', kind: 'text', of: 'workload' },
  { id: 'accountIds', ja: 'アカウントID', kind: 'accounts', of: 'matches' },
  { id: 'tags', ja: 'タグ', kind: 'tags', of: 'matches' },
  { id: 'resourceIds', ja: 'リソースID', kind: 'list', of: 'matches' },
  { id: 'serviceName', ja: 'サービス', kind: 'text', of: 'line' },
  { id: 'kind', ja: '費用区分', kind: 'word', of: 'line', words: KINDS },
  { id: 'expectedMonthlyCost', ja: '月額見込', kind: 'amount', of: 'line' },
  { id: 'usageType', ja: '使用タイプ', kind: 'text', of: 'line' },
  { id: 'quantity', ja: '数量', kind: 'amount', of: 'line' },
  { id: 'unitPrice', ja: '単価', kind: 'amount', of: 'line' },
  { id: 'discountRate', ja: '割引率', kind: 'share', of: 'line' },
  { id: 'environment', ja: '環境', kind: 'word', of: 'hearing', words: ENVIRONMENTS },
  { id: 'criticality', ja: '重要度', kind: 'word', of: 'hearing', words: CRITICALITIES },
  { id: 'disasterRecoveryRole', ja: 'DR区分', kind: 'word', of: 'hearing', words: RECOVERY_ROLES },
  { id: 'operatingHours', ja: '稼働時間', kind: 'text', of: 'hearing' },
  { id: 'licenceBound', ja: 'ライセンス制約', kind: 'truth', of: 'hearing' },
  { id: 'endDate', ja: '終了予定日', kind: 'day', of: 'hearing' },
  { id: 'onPremisesMonthlyCost', ja: 'オンプレ月額', kind: 'amount', of: 'workload' },
  { id: 'onPremisesEndDate', ja: 'オンプレ終了日', kind: 'day', of: 'workload' },
];

export function headingOf({ id, ja }: PlanColumn, locale: Locale): string {
  return locale === 'ja' ? ja : id;
}

/** By its heading in either language: capitals, full-width forms and white space do not matter. */
export function columnNamed(columns: readonly PlanColumn[], heading: string): PlanColumn | undefined {
  const wanted = comparable(heading);
  return columns.find(({ id, ja }) => comparable(id) === wanted || comparable(ja) === wanted);
}

export function comparable(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase();
}
