import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import SplitPanel from '@cloudscape-design/components/split-panel';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Answers } from './api.ts';
import { money, percent } from './money.ts';
import { useReader } from './reader.tsx';
import { Failure, Loading } from './states.tsx';

type Detail = Answers['recommendations']['get'];

/** One recommendation, told whole: what we saw, what it costs, what to do, how sure we are, how to undo it. */
export function Recommendation({ id }: { id: string }) {
  const { words, api } = useReader();
  const detail = useQuery(api.recommendations.get.queryOptions({ id }));
  return (
    <SplitPanel
      header={detail.data?.explanation?.title ?? detail.data?.recommendation.detectorId ?? words.recommendations}
      hidePreferencesButton
      closeBehavior="hide"
    >
      {detail.isPending ? (
        <Loading />
      ) : detail.isError ? (
        <Failure error={detail.error} onRetry={() => void detail.refetch()} />
      ) : (
        <Told detail={detail.data} />
      )}
    </SplitPanel>
  );
}

function Told({ detail: { recommendation, explanation, evidence, doubts } }: { detail: Detail }) {
  const { words, language } = useReader();
  const { savings, currency } = recommendation;
  const facts = [
    { label: words.resource, value: <span className="resource-id">{recommendation.resourceId ?? words.wholeAccount}</span> },
    { label: words.account, value: recommendation.accountId },
    { label: words.region, value: recommendation.regionId ?? '–' },
    {
      label: words.netAMonth,
      value:
        recommendation.supersededBy === null ? money(recommendation.netMonthlySavings, currency, language) : words.superseded,
    },
    { label: words.range, value: `${money(savings.low, currency, language)} – ${money(savings.high, currency, language)}` },
    { label: words.confidence, value: percent(recommendation.confidence, language) },
    { label: words.effort, value: words.efforts[recommendation.effort] ?? recommendation.effort },
    { label: words.restart, value: recommendation.restartNeeded ? words.yes : words.no },
    { label: words.rollback, value: recommendation.rollbackPossible ? words.yes : words.no },
    { label: words.priceBasis, value: words.priceBasisOf[recommendation.priceBasis] ?? recommendation.priceBasis },
  ];
  return (
    <SpaceBetween size="l">
      {explanation ? <Box variant="p">{explanation.sentence}</Box> : null}
      <KeyValuePairs columns={2} items={facts} />
      {explanation ? <Explained explanation={explanation} /> : null}
      <Section title={words.evidence}>
        <KeyValuePairs
          columns={2}
          items={evidence.map(({ label, value }) => ({ label, value: <span className="resource-id">{value}</span> }))}
        />
      </Section>
      {doubts.length > 0 ? (
        <Section title={words.whyNotSurer}>
          <ul>
            {doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        </Section>
      ) : null}
    </SpaceBetween>
  );
}

function Explained({ explanation }: { explanation: NonNullable<Detail['explanation']> }) {
  const { words } = useReader();
  return (
    <>
      <Section title={words.background}>{explanation.background}</Section>
      <Section title={words.desiredState}>{explanation.desiredState}</Section>
      <Section title={words.riskOfActing}>{explanation.riskOfActing}</Section>
      <Section title={words.riskOfNotActing}>{explanation.riskOfNotActing}</Section>
      <Section title={words.steps}>
        <ol>
          {explanation.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Section>
      <Section title={words.undo}>{explanation.undo}</Section>
      <Snippets explanation={explanation} />
      <Section title={words.bestPractices}>{explanation.bestPractices.join(', ')}</Section>
      <Section title={words.links}>
        <SpaceBetween size="xxs">
          {explanation.links.map(({ url }) => (
            <Link key={url} href={url} external>
              {url}
            </Link>
          ))}
        </SpaceBetween>
      </Section>
    </>
  );
}

function Snippets({ explanation }: { explanation: NonNullable<Detail['explanation']> }) {
  const { words } = useReader();
  const tabs = [
    { id: 'cli', label: 'AWS CLI', code: explanation.cli },
    { id: 'terraform', label: 'Terraform', code: explanation.terraform },
    { id: 'cloudFormation', label: 'CloudFormation', code: explanation.cloudFormation },
  ].flatMap(({ id, label, code }) => (code === null ? [] : [{ id, label, content: <Code text={code} /> }]));
  if (tabs.length === 0) return null;
  return (
    <Section title={words.commands}>
      <Tabs tabs={tabs} ariaLabel={words.commands} />
    </Section>
  );
}

function Code({ text }: { text: string }) {
  const { words } = useReader();
  return (
    <SpaceBetween size="xs">
      <Box variant="code">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre className="code" tabIndex={0}>
          {text}
        </pre>
      </Box>
      <CopyToClipboard
        copyButtonText={words.copy}
        copySuccessText={words.copied}
        copyErrorText={words.notCopied}
        textToCopy={text}
      />
    </SpaceBetween>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Box variant="h4" tagOverride="h3">
        {title}
      </Box>
      <Box variant="div">{children}</Box>
    </div>
  );
}
