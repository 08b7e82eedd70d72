import { expect, it } from 'vitest';
import { adviceDocument } from '../../src/advice/advice-document.ts';
import { advise } from '../../src/advice/advise.ts';
import { acceptedCostText } from '../../src/app/accepted-cost-text.ts';
import { exemptionsText } from '../../src/app/exemptions-text.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { aCatalogueEntry, aDetector, anExemption, anInstance, aSnapshot } from '../support/builders.ts';

const snapshot = aSnapshot({ resources: [anInstance(), anInstance({ resourceId: 'i-0bbbbbbbbbbbbbbb2' })] });
const kept = anExemption({ reason: 'Kept for the audit\u202e' });
const bounded = anExemption({
  id: '00000000-0000-8000-8000-000000000002',
  resourceId: 'i-0bbbbbbbbbbbbbbb2',
  maximumMonthlyCost: '50',
  currency: 'USD',
});
const turn = (bound: string, previous = [] as ReturnType<typeof advise>['recommendations']) =>
  advise({
    snapshot,
    detectors: [aDetector()],
    previous,
    exemptions: { exemptions: [kept, { ...bounded, maximumMonthlyCost: bound }], day: snapshot.asOf },
  });

it.each(['en', 'ja'] as const)('what is accepted, and what came back, in %s', async (locale) => {
  const before = turn('100').recommendations;
  const document = adviceDocument(turn('50', before), [aCatalogueEntry()], locale);
  await expect(`${acceptedCostText(document, locale, 25)}\n`).toMatchFileSnapshot(`../golden/accepted-cost-${locale}.txt`);
});

it('shows the dearest, and the rest as one line, which add up', () => {
  const machines = Array.from({ length: 5 }, (_, index) => anInstance({ resourceId: `i-0${index}` }));
  const account = anExemption({ resourceId: null, accountId: machines[0]?.accountId ?? '', detectorId: 'test-detector' });
  const advice = advise({
    snapshot: aSnapshot({ resources: machines }),
    detectors: [aDetector()],
    previous: [],
    exemptions: { exemptions: [account], day: snapshot.asOf },
  });
  const text = acceptedCostText(adviceDocument(advice, [aCatalogueEntry()], 'en'), 'en', 2);
  expect(text.match(/i-0\d/g)).toHaveLength(2);
  expect(text).toMatch(/Further advice: 3 +\$60\.00/);
  expect(text).toMatch(/Together +\$100\.00/);
});

it('is silent where nothing is accepted', () => {
  const advice = advise({ snapshot, detectors: [aDetector()], previous: [] });
  expect(acceptedCostText(adviceDocument(advice, [aCatalogueEntry()], 'en'), 'en', 25)).toBe('');
});

it.each(['en', 'ja'] as const)('the list of what is accepted, in %s', async (locale) => {
  const { id: _id, ...decided } = kept;
  const row = (given: object) => ({
    ...kept,
    state: 'live' as const,
    isOutgrown: false,
    recommendations: 1,
    acceptedCost: [{ currency: 'USD', monthlyCost: '20' }],
    history: [decided],
    ...given,
  });
  const exemptions = [
    row({}),
    row({ ...bounded, isOutgrown: true, recommendations: 0, acceptedCost: [] }),
    row({
      change: 'ended',
      state: 'ended',
      detectorId: 'nat-gateway-idle',
      resourceId: null,
      tagKey: 'env',
      tagValue: 'dr',
      recommendations: 0,
      acceptedCost: [],
      history: [
        decided,
        {
          ...decided,
          revision: 2,
          change: 'ended' as const,
          endedBecause: 'The audit is over',
          expiresOn: addDays(kept.expiresOn, 1),
        },
      ],
    }),
  ];
  const text = exemptionsText({ day: snapshot.asOf, exemptions }, locale, true);
  await expect(`${text}\n`).toMatchFileSnapshot(`../golden/exemptions-${locale}.txt`);
});
