import type { Localized } from '../kernel/locale.ts';
import type { HubDifference, OverlapReason } from './recommendation.ts';

/** Why a saving counts for less than alone; a reason without words does not compile. */
export const OVERLAP_WORDS: Readonly<Record<OverlapReason, Localized>> = {
  supersededAlternative: {
    en: 'another action on the same resource goes further',
    ja: '同じリソースに対する、より効果の大きい対策を優先',
  },
  compounding: {
    en: 'an earlier action on the resource leaves less to save',
    ja: '先に行う対策により、対象の費用が減るため',
  },
  cappedAtResourceCost: { en: 'a resource saves no more than it costs', ja: 'リソースの費用を上限とするため' },
  coveredByCommitment: {
    en: 'a commitment is paid in any case, and finds less other usage to pay for',
    ja: '契約済みの割引 (コミットメント) の支払いは続き、充当先の利用が足りないため',
  },
  cappedAtGroupCost: {
    en: 'accounts that share commitments save no more than they spend',
    ja: '割引を共有するアカウント群の費用を上限とするため',
  },
};

/** Why the Hub's total and ours differ. */
export const HUB_REASON_WORDS: Readonly<Record<HubDifference, Localized>> = {
  notListedByHub: { en: 'in its total, but not among the advice it lists', ja: 'Hubの合計と、一覧にある推奨事項の合計との差' },
  onlyHub: { en: 'only the Hub advises it', ja: 'Hubのみの推奨事項' },
  onlyHubAccountUnknown: { en: 'only the Hub: an account that is not in our figures', ja: 'Hubのみ: 本データにないアカウント' },
  onlyHubSetAside: { en: 'only the Hub: people have put it aside here', ja: 'Hubのみ: こちらでは対象外とされたもの' },
  otherAction: { en: 'both, by another action', ja: '両方にあり、対策の内容が異なる' },
  commitmentSizing: { en: 'both, of another size of commitment', ja: '両方にあり、コミットメントの購入量が異なる' },
  commitmentEffect: {
    en: 'both; a commitment pays for it, and we replay what the bill would lose',
    ja: '両方にあり、コミットメント適用中のため請求への影響を再計算',
  },
  priceView: { en: 'both; the Hub counts before discounts', ja: '両方にあり、Hubは割引前の価格で計算' },
  lookback: { en: 'both, over another look-back', ja: '両方にあり、参照期間が異なる' },
  estimate: { en: 'both; the rest of the difference of the estimates', ja: '両方にあり、見積方法の差' },
  overlap: { en: 'both; less what is counted elsewhere here', ja: '両方にあり、こちらで重複として控除した分' },
  furtherAction: { en: 'a further action on a resource of the Hub', ja: 'Hubの対象リソースに対する、こちらのみの追加対策' },
  onlyOurs: { en: 'only we advise it', ja: 'こちらのみの推奨事項' },
};
