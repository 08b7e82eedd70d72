import type { Detector } from '../../advice/detector.ts';
import type { PurchaseWish } from '../../advice/policy/purchase.ts';
import type { Day } from '../../kernel/calendar.ts';
import { dayToLook } from '../advise.ts';
import type { Context } from '../context.ts';
import { type BillCommitmentsReport, commitmentsOn } from './bill.ts';
import { type JudgedFacts, judgedFacts, USUAL_DAYS } from './judged-facts.ts';
import { type AnswerStamp, KeptAnswers } from './kept-answers.ts';
import { type WhatIfQuestion, type WhatIfReport, whatIfOn } from './what-if.ts';

/** Questions about commitments whose answers are kept for as long as nothing changes that they were made from. */
export interface KeptCommitments {
  advice(context: Context, question: AdviceQuestion): Promise<BillCommitmentsReport>;
  whatIf(context: Context, question: WhatIfQuestion & Currency): Promise<WhatIfReport>;
}

type AdviceQuestion = { readonly policy: PurchaseWish } & Currency;

interface Currency {
  readonly currency: string | null;
}

/** About 120 MB: a figure is a line of a resource, a day of a meter or a day of hours, some 300 bytes each. A larger estate is judged each time. */
const MOST_FIGURES = 400_000;
/** Of all reports together. */
const MOST_CHARACTERS = 32_000_000;

interface Stamp extends Pick<AnswerStamp, 'tenantId' | 'version'> {
  readonly asOf: Day;
}

export function keptCommitments(detectors: readonly Detector[]): KeptCommitments {
  const facts = new KeptAnswers<JudgedFacts>({ mostWeight: MOST_FIGURES, weigh: figuresIn });
  const reports = new KeptAnswers<BillCommitmentsReport>({
    mostWeight: MOST_CHARACTERS,
    weigh: (report) => JSON.stringify(report).length,
  });
  const factsOf = (context: Context, stamp: Stamp, { currency, policy }: AdviceQuestion): Promise<JudgedFacts> => {
    // What the policy says is part of the stamp.
    const lookbackDays = policy.lookbackDays === undefined ? undefined : Math.max(USUAL_DAYS, policy.lookbackDays);
    return facts.get({ ...stamp, question: JSON.stringify([stamp.asOf, currency, lookbackDays ?? null]) }, () =>
      judgedFacts(context, { asOf: stamp.asOf, currency, detectors, lookbackDays }),
    );
  };
  return {
    async advice(context, { currency, policy }) {
      const stamp = await stampOf(context);
      return reports.get({ ...stamp, question: JSON.stringify([stamp.asOf, currency, policy]) }, async () =>
        commitmentsOn(await factsOf(context, stamp, { currency, policy }), policy),
      );
    },
    async whatIf(context, { currency, ...question }) {
      return whatIfOn(await factsOf(context, await stampOf(context), { currency, policy: question.policy }), question);
    },
  };
}

/** Asked before the facts are read: if they change in between, the answer is newer than its stamp, and nobody finds it under the next one. */
async function stampOf(context: Context): Promise<Stamp> {
  const { scope, ports } = context;
  const { version, priceView } = await ports.snapshots.version(scope);
  // The integrator's is of another tenant, so a change of it leaves no mark among this one's.
  const { integrator } = await ports.policies.versions(scope);
  return { tenantId: scope.tenantId, version: `${priceView} ${version} ${integrator}`, asOf: await dayToLook(context) };
}

function figuresIn({ raw: { snapshot } }: JudgedFacts): number {
  const lines = snapshot.resources.reduce((sum, { lines }) => sum + 1 + lines.length, 0);
  const days = snapshot.onDemandMeters.reduce((sum, meter) => sum + meter.days.length, 0);
  return lines + days + snapshot.commitmentFacts.hourly.usage.length;
}
