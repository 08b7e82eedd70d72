import { z } from 'zod';
import type { Locale, Localized } from '../../kernel/locale.ts';
import { oneLine } from '../../kernel/text.ts';

/** What is wrong with a part of a policy, for whoever wrote it. `{name}` is filled with what stands there. */
const WORDS = {
  notAnAmount: { en: 'must be an amount, such as "5.00"', ja: '「5.00」のような金額で指定してください' },
  quoteAccountId: {
    en: 'must stand in quotes: a number would lose leading zeros',
    ja: '引用符で囲んでください（数値として読むと先頭の0が失われます）',
  },
  notARegion: { en: 'must be a region, such as ap-northeast-1', ja: '「ap-northeast-1」のようなリージョン名で指定してください' },
  notAUnit: { en: 'must be names with "/" between them', ja: '名前を「/」で区切って指定してください' },
  selectsNothing: {
    en: 'must name accounts, organizationalUnits or tags',
    ja: 'accounts、organizationalUnits、tagsのいずれかを指定してください',
  },
  sayWhyOff: { en: 'must say why the rule is switched off', ja: 'ルールを無効にする理由を記入してください' },
  notASpan: { en: 'must be a span such as "09:00-18:00"', ja: '「09:00-18:00」の形で指定してください' },
  spansOverlap: {
    en: 'spans must end after they begin and not overlap',
    ja: '時間帯は終了が開始より後で、互いに重ならないようにしてください',
  },
  notATimeZone: { en: 'must be a time zone such as Asia/Tokyo', ja: '「Asia/Tokyo」のようなタイムゾーン名で指定してください' },
  notADay: { en: 'must be a calendar day, YYYY-MM-DD', ja: '暦にある日付をYYYY-MM-DDで指定してください' },
  notACurrency: { en: 'must be a currency, such as USD', ja: '「USD」のような通貨コードで指定してください' },
  unknownWord: { en: 'is not a word of a policy here', ja: 'ここでは使えない項目です' },
  unknownDetector: { en: 'there is no such rule; the nearest is {nearest}', ja: 'このルールはありません。近いもの: {nearest}' },
  unknownThreshold: {
    en: 'is no threshold of this rule; it has: {known}',
    ja: 'このルールのしきい値ではありません。指定できるもの: {known}',
  },
  noThresholds: { en: 'this rule has no thresholds', ja: 'このルールにはしきい値がありません' },
  notOneLine: { en: 'must be one line', ja: '1行で記入してください' },
  notARuleId: {
    en: 'must be small letters and digits with hyphens between',
    ja: '英小文字と数字をハイフンでつないで指定してください',
  },
  noText: { en: 'must be there in English (en) or Japanese (ja)', ja: '英語（en）か日本語（ja）のいずれかを記入してください' },
  ruleTwice: { en: 'there is a rule of this id before', ja: '同じIDのルールがすでにあります' },
  expressionWrong: { en: 'the expression cannot be read: {said}', ja: '式を解釈できません: {said}' },
  expressionType: {
    en: 'the expression gives {said}, which does not answer the question',
    ja: '式の結果の型が{said}のため、使用できません',
  },
  expressionCall: { en: 'may not call {said} here', ja: '{said}は使用できません' },
  expressionNested: {
    en: 'may not walk over a list inside another ({said})',
    ja: 'リストの繰り返しを入れ子にできません（{said}）',
  },
  unknownFact: { en: 'there is no fact {said}', ja: '{said}という項目はありません' },
  factType: { en: 'must be of type {said}', ja: '型は{said}で指定してください' },
  tooLong: { en: 'is longer than a policy may be ({most} characters)', ja: 'ポリシーの上限（{most}文字）を超えています' },
  customersAccounts: {
    en: 'the policy for all tenants may not name accounts or units: they belong to one of them',
    ja: '全テナント共通のポリシーでは、特定のテナントに属するアカウントや組織単位を指定できません',
  },
} satisfies Record<string, Localized>;
export type PolicyProblemId = keyof typeof WORDS;

export function problemInWords(id: PolicyProblemId, locale: Locale, values: Readonly<Record<string, string>> = {}): string {
  const filled = WORDS[id][locale].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  return oneLine(filled, 300);
}

const ZOD_WORDS = { en: z.locales.en().localeError, ja: z.locales.ja().localeError } satisfies Record<Locale, unknown>;

/** For `safeParse`: our own ids in words, everything else as zod says it in this language. */
export function schemaWords(locale: Locale): z.core.$ZodErrorMap {
  return (issue) => ZOD_WORDS[locale](issue);
}

/** A message that a schema gave: one of our ids, or words already. */
export function saidInWords(message: string, locale: Locale): string {
  return Object.hasOwn(WORDS, message) ? problemInWords(message as PolicyProblemId, locale) : oneLine(message, 300);
}
