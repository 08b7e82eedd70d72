import { expect, it } from 'vitest';
import { adviceDocument, recommendationRow } from '../../src/advice/advice-document.ts';
import { advise } from '../../src/advice/advise.ts';
import type { Decision } from '../../src/advice/decision.ts';
import { withDecision } from '../../src/advice/follow.ts';
import { decidedText, decisionsText } from '../../src/app/decisions-text.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { aDecision } from '../support/advice-arbitraries.ts';
import { aCatalogueEntry, aDetector, anInstance, aSnapshot } from '../support/builders.ts';

const MACHINES = ['a', 'b', 'c', 'd'].map((name) => anInstance({ resourceId: `i-0${name}` }));
const snapshot = aSnapshot({ resources: MACHINES });
const TODAY = snapshot.asOf;
const first = advise({ snapshot, detectors: [aDetector()], previous: [] }).recommendations.map((item) => ({
  ...item,
  firstSeen: addDays(TODAY, -73),
}));
const idOf = (name: string): string => first.find(({ resourceId }) => resourceId === `i-0${name}`)?.id ?? '';
const decisions: readonly Decision[] = [
  aDecision({
    recommendationId: idOf('a'),
    to: 'accepted',
    owner: 'Web team\u202e',
    dueOn: addDays(TODAY, 30),
    approval: { state: 'returned', reference: '稟議-114', approver: 'K. Sato', day: TODAY },
    implementationCost: { amount: '100', currency: 'USD' },
  }),
  aDecision({ recommendationId: idOf('b'), to: 'accepted', owner: 'Data team' }),
  aDecision({ recommendationId: idOf('c'), to: 'implemented', implementer: 'M. Tanaka', implementedOn: addDays(TODAY, -20) }),
  aDecision({ recommendationId: idOf('d'), to: 'snoozed', snoozedUntil: TODAY }),
];

it.each(['en', 'ja'] as const)('what was agreed, what waits for a word, and what came back, in %s', async (locale) => {
  const left = { ...snapshot, resources: MACHINES.filter(({ resourceId }) => resourceId !== 'i-0b') };
  const advice = advise({ snapshot: left, detectors: [aDetector()], previous: first, decisions });
  const text = decisionsText(adviceDocument(advice, [aCatalogueEntry()], locale), locale, 25);
  await expect(`${text}\n`).toMatchFileSnapshot(`../golden/decisions-${locale}.txt`);
});

it.each(['en', 'ja'] as const)('what a decision changed, in %s', async (locale) => {
  const rowOf = (decision: Decision) => {
    const item = first.find(({ id }) => id === decision.recommendationId);
    if (!item) throw new Error('one');
    return recommendationRow(withDecision(item, decision), aCatalogueEntry(), locale);
  };
  const dismissed = aDecision({
    recommendationId: idOf('d'),
    to: 'dismissed',
    dismissedBecause: 'notOurs',
    comment: 'Sold\nin May',
  });
  const items = [...decisions, dismissed].map((decision, index) => ({
    from: decision.from,
    changed: index !== 1,
    netMonthlySavingsBefore: '20',
    recommendation: rowOf(decision),
  }));
  const text = [true, false].map((dryRun) => decidedText({ dryRun, items }, locale)).join('\n\n');
  await expect(`${text}\n`).toMatchFileSnapshot(`../golden/decided-${locale}.txt`);
});

it('is silent where nobody decided anything', () => {
  const advice = advise({ snapshot, detectors: [aDetector()], previous: [] });
  expect(decisionsText(adviceDocument(advice, [aCatalogueEntry()], 'en'), 'en', 25)).toBe('');
});
