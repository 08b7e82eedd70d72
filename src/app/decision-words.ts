import type { DismissedBecause, ReopenedAfterDecision } from '../advice/decision.ts';
import type { RecommendationStatus } from '../advice/recommendation.ts';
import type { Localized } from '../kernel/locale.ts';

export const STATUS_WORDS: Readonly<Record<RecommendationStatus, Localized>> = {
  open: { en: 'open', ja: '未対応' },
  accepted: { en: 'accepted', ja: '採用' },
  implemented: { en: 'implemented', ja: '実施済み' },
  snoozed: { en: 'snoozed', ja: '保留' },
  dismissed: { en: 'dismissed', ja: '見送り' },
  exempted: { en: 'exempted', ja: '例外' },
  closed: { en: 'closed', ja: '終了' },
};

export const DISMISSED_WORDS: Readonly<Record<DismissedBecause, Localized>> = {
  alreadyPlanned: { en: 'it is planned already', ja: '別途計画済み' },
  businessNeed: { en: 'the business needs it as it is', ja: '業務上必要' },
  notOurs: { en: 'it is not ours', ja: '管轄外' },
  riskTooHigh: { en: 'the risk is too high', ja: 'リスクが高い' },
  tooSmall: { en: 'it saves too little', ja: '効果が小さい' },
  wrong: { en: 'the advice is wrong', ja: '推奨内容が実態と異なる' },
  other: { en: 'another reason', ja: 'その他' },
};

export const REOPENED_AFTER_DECISION_WORDS: Readonly<Record<ReopenedAfterDecision['because'], Localized>> = {
  snoozeEnded: { en: 'its day has come', ja: '保留期限の到来' },
  costGrown: { en: 'dismissed, and its cost has grown by half', ja: '見送り後にコストが1.5倍以上に増加' },
  seenAgain: { en: 'done, and found again', ja: '実施後に再検出' },
};
