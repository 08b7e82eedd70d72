import type { Locale, Localized } from '../kernel/locale.ts';
import type { Doubt } from './detectors/shared/confidence.ts';

/** Why we are less sure; a doubt without words does not compile. */
const DOUBTS: Readonly<Record<Doubt | 'ownRule', Localized>> = {
  ownRule: {
    en: 'A rule of your own, which nobody has held against bills',
    ja: '自社ルールのため、請求実績による検証はされていません',
  },
  purposeUnknown: { en: 'Neither a tag nor a person says what it is for', ja: 'タグやヒアリング情報から用途を確認できません' },
  shortHistory: { en: 'Fewer than 14 settled days are behind it', ja: '確定データが14日分に足りません' },
  memoryNotMeasured: { en: 'Memory use is not measured', ja: 'メモリ使用率が測定されていません' },
  commitmentFloats: {
    en: 'A Savings Plan or Reserved Instance pays for part of it',
    ja: 'Savings Plansやリザーブドインスタンスが一部に適用されています',
  },
  dailyDataOnly: { en: 'Only daily usage is known, not hourly', ja: '時間単位の利用データがなく、日単位で判定しています' },
  rateEstimated: {
    en: 'The Savings Plans rate is estimated from reserved prices',
    ja: 'Savings Plansの料率をリザーブド料金から推定しています',
  },
  platformDiffers: {
    en: 'The new type has other drivers (network, storage, hypervisor)',
    ja: '変更後のタイプはドライバー（ネットワーク、ストレージ等）が異なります',
  },
  architectureDiffers: {
    en: 'Everything that runs on it has to exist for Arm processors',
    ja: '稼働するソフトウェアがすべてArmに対応している必要があります',
  },
  criticalWorkload: { en: 'The workload was called critical', ja: '重要度の高いワークロードと登録されています' },
  snapshotKept: { en: 'A snapshot that is kept goes on costing', ja: '残すスナップショットの料金は続きます' },
  instanceStoreLost: { en: 'The new type has no local disks', ja: '変更後のタイプにはローカルディスクがありません' },
  vendorSupport: {
    en: 'The vendor has to confirm support of the new type',
    ja: '変更後のタイプがベンダーのサポート対象か確認が必要です',
  },
  burstThroughput: {
    en: 'gp2 gives short bursts that gp3 gives only when it is set',
    ja: 'gp2のバースト性能は、gp3では明示的な設定が必要です',
  },
  steadyLatency: {
    en: 'gp3 keeps its speed 99 % of the time, the present type 99.9 %',
    ja: 'gp3は99%、現在のタイプは99.9%の時間で設定した性能を満たす設計です',
  },
  sharedBlocks: {
    en: 'Other snapshots may need the same blocks, which stay',
    ja: '他のスナップショットと共有するブロックは削除後も残ります',
  },
  objectSizes: {
    en: 'Small objects are charged as 128 KiB there; sizes are not on the bill',
    ja: '小さなオブジェクトは128 KiBとして課金されますが、請求からはサイズが分かりません',
  },
  keepingRule: {
    en: 'How long it must be kept has to be asked',
    ja: '必要な保管期間は確認が必要です',
  },
  fewerFeatures: {
    en: 'The cheaper class lacks features that may be in use',
    ja: '安価なクラスでは一部の機能が使えません',
  },
  averageHours: {
    en: 'What a freed commitment would pay for is worked out by days, whose hours are taken alike',
    ja: 'コミットメントの充当先は日単位 (1日を平均した時間) で計算しています',
  },
  usageVaries: { en: 'It was used more in some weeks than in others', ja: '週によって利用量にばらつきがあります' },
  billOnly: { en: 'Judged by the bill alone; nothing measured it', ja: '請求データだけで判定しています（利用状況は未測定）' },
};

/** The message id of a doubt in words; an id that has none is shown as it is. */
export function doubtInWords(because: string, locale: Locale): string {
  return Object.hasOwn(DOUBTS, because) ? DOUBTS[because as keyof typeof DOUBTS][locale] : because;
}
