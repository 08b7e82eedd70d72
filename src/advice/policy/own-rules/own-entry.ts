import { z } from 'zod';
import type { Locale, Localized } from '../../../kernel/locale.ts';
import { Exact } from '../../../kernel/money.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import type { CatalogueEntry } from '../../catalogue-entry.ts';
import { amountOf, effectiveMonthly, effectOn, isStillBilled, monthlyCosts } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { Detector, Effect, Outcome, ResourceSubject } from '../../detector.ts';
import { exampleResource, exampleSnapshot } from '../../example-facts.ts';
import type { Prose } from '../../prose.ts';
import { savingsOf } from '../../savings.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { askRule, type RuleAnswer } from './ask-rule.ts';
import type { ReadRule } from './check-rule.ts';
import { factsOf } from './facts.ts';
import type { OwnRule, OwnRuleText } from './rule.ts';

const evidence = z.strictObject({
  monthlyCost: z.string().describe('What the resource costs in a month of 730 hours today.'),
  monthlySavings: z.string().describe('What the rule says of it goes.'),
});
type OwnEvidence = z.infer<typeof evidence>;

/** How sure: nobody has held an organisation's own rule against bills, so its range reaches down to nothing and its level is even odds. */
const LEVEL = 0.5;
const ZERO_SHARE = new Exact(0);

/** A rule of the organisation as a detector of the run, with its words. It answers like every other one. */
export function ownEntry(read: ReadRule): CatalogueEntry {
  return { detector: ownDetector(read), prose: ownProse(read.rule) };
}

function ownDetector(read: ReadRule): Detector {
  const { rule } = read;
  const types = rule.resourceTypes ? new Set<string>(rule.resourceTypes) : null;
  const [onlyType, ...others] = rule.resourceTypes ?? [];
  const subject = exampleResource({ resourceId: 'example', resourceType: onlyType ?? 'Other' });
  return defineDetector<string, ResourceSubject, z.ZodObject, OwnEvidence>({
    id: rule.id,
    revision: 1,
    category: rule.category,
    bestPractices: [],
    resourceType: onlyType ?? 'Other',
    actionType: rule.actionType,
    effort: rule.effort,
    rollbackPossible: rule.rollbackPossible,
    restartNeeded: rule.restartNeeded,
    reads: [{ fact: 'usageByResource', lookbackDays: 7 }],
    worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
    thresholds: z.strictObject({}),
    evidence,
    example: {
      subject,
      evidence: { monthlyCost: '0', monthlySavings: '0' },
      view: viewOf(exampleSnapshot({ resources: [subject] })),
    },
    // One type goes with the one pass over the resources.
    ...((types === null || others.length > 0) && {
      select: ({ snapshot }: SnapshotView) =>
        snapshot.resources.filter(({ resourceType }) => types === null || types.has(resourceType)),
    }),
    evaluate: (resource, { view }) => outcomeOf(read, resource, view),
  });
}

function outcomeOf(read: ReadRule, resource: ResourceFacts, view: SnapshotView): Outcome<OwnEvidence> {
  if (!isStillBilled(resource, view)) return { kind: 'healthy' };
  const answer = askRule(read, factsOf(resource, view));
  if (answer.kind === 'finding') return findingOf(read.rule, answer, resource, view);
  return answer.kind === 'notApplicable' ? { kind: 'notApplicable', because: 'ownRule.elsewhere' } : answer;
}

function findingOf(
  rule: OwnRule,
  { savingsShare }: Extract<RuleAnswer, { kind: 'finding' }>,
  resource: ResourceFacts,
  view: SnapshotView,
): Outcome<OwnEvidence> {
  const costs = monthlyCosts(resource, view);
  const share = savingsShare ?? ZERO_SHARE;
  const saves = share.gt(0);
  const { expected, high } = savingsOf(costs, view, { share });
  return {
    kind: 'finding',
    evidence: { monthlyCost: amountOf(effectiveMonthly(costs)), monthlySavings: saves ? expected : '0' },
    savings: saves ? { low: '0', expected, high } : { low: '0', expected: '0', high: '0' },
    confidence: { level: LEVEL, because: ['ownRule'] },
    priceBasis: 'observed',
    effect: effectOn(componentOf(rule), costs, { share }),
  };
}

/** A part of its own competes with no other advice: what both save together is bounded by what the resource costs. */
function componentOf({ id, actionType, part }: OwnRule): Effect['component'] {
  if (part === 'whole' || (part === undefined && actionType === 'Delete')) return '*';
  return part ?? `own:${id}`;
}

/** Both languages: a text that is there in one alone is shown in the other, too. */
function ownProse({ text }: OwnRule): Prose {
  const of = (say: (own: OwnRuleText, locale: Locale) => string): Localized =>
    localized((locale) => say(textOf(text, locale), locale));
  return {
    title: of(({ title }) => asMessage(title)),
    sentence: of(({ title }, locale) => `${asMessage(title)}${SENTENCE[locale]}`),
    background: of(({ background }) => asMessage(background)),
    riskOfActing: of(({ risk }, locale) => (risk === undefined ? NO_RISK[locale] : asMessage(risk))),
    riskOfNotActing: localized((locale) => IT_GOES_ON[locale]),
    desiredState: of(({ title }) => asMessage(title)),
    steps: localizedSteps((locale) => textOf(text, locale).steps.map(asMessage)),
    undo: localized((locale) => NO_UNDO[locale]),
    terraform: null,
    cloudFormation: null,
    cli: null,
    links: [],
  };
}

const SENTENCE: Localized = { en: ': it costs {monthlyCost} a month.', ja: '：月額{monthlyCost}が発生しています。' };
const NO_RISK: Localized = { en: 'Your rule says nothing of it.', ja: '自社ルールに記載はありません。' };
const IT_GOES_ON: Localized = { en: 'It goes on costing {monthlyCost} a month.', ja: '月額{monthlyCost}の発生が続きます。' };
const NO_UNDO: Localized = {
  en: 'Your rule says nothing of how to undo it.',
  ja: '元に戻す方法は自社ルールに記載されていません。',
};

function textOf(text: OwnRule['text'], locale: Locale): OwnRuleText {
  const found = text[locale] ?? text.en ?? text.ja;
  if (!found) throw new Error('a rule without a text is refused before');
  return found;
}

function localized(say: (locale: Locale) => string): Localized {
  return { en: say('en'), ja: say('ja') };
}

function localizedSteps(say: (locale: Locale) => readonly string[]): Localized<readonly string[]> {
  return { en: say('en'), ja: say('ja') };
}

/** People's own text has no placeholders: braces are braces. */
function asMessage(text: string): string {
  return text.replace(/'/g, "''").replace(/[{}]/g, "'$&'");
}
