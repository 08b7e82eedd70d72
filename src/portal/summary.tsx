import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { money, monthName } from './money.ts';
import { useReader } from './reader.tsx';
import { SpendTable } from './spend-table.tsx';
import { Failure, Loading } from './states.tsx';
import { useAddress } from './use-address.ts';

const SpendChart = lazy(() => import('./spend-chart.tsx'));

/** What was spent, and what waits for a decision. */
export function Summary() {
  const { words, api } = useReader();
  const [basis, setBasis] = useAddress('basis', 'runningCost');
  const [form, setForm] = useAddress('spend', 'chart');
  const known = basis === 'invoiceCost' ? 'invoiceCost' : 'runningCost';
  const spend = useQuery(api.spend.summary.queryOptions({ basis: known }));
  if (spend.isPending) return <Loading />;
  if (spend.isError) return <Failure error={spend.error} onRetry={() => void spend.refetch()} />;
  return (
    <SpaceBetween size="l">
      <Figures spend={spend.data} />
      <Container
        header={
          <Header
            variant="h2"
            description={`${words[known]}: ${known === 'runningCost' ? words.runningCostMeaning : words.invoiceCostMeaning}`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <SegmentedControl
                  label={words.basis}
                  selectedId={known}
                  onChange={({ detail }) => setBasis(detail.selectedId)}
                  options={[
                    { id: 'runningCost', text: words.runningCost },
                    { id: 'invoiceCost', text: words.invoiceCost },
                  ]}
                />
                <SegmentedControl
                  label={words.spendByMonth}
                  selectedId={form}
                  onChange={({ detail }) => setForm(detail.selectedId)}
                  options={[
                    { id: 'chart', text: words.asChart },
                    { id: 'table', text: words.asTable },
                  ]}
                />
              </SpaceBetween>
            }
          >
            {words.spendByMonth}
          </Header>
        }
      >
        {form === 'table' ? (
          <SpendTable spend={spend.data} />
        ) : (
          <Suspense fallback={<Loading />}>
            <SpendChart spend={spend.data} />
          </Suspense>
        )}
      </Container>
    </SpaceBetween>
  );
}

type Spend = import('./api.ts').Answers['spend']['summary'];

function Figures({ spend }: { spend: Spend }) {
  const { words, api, language } = useReader();
  const advice = useQuery(api.recommendations.list.queryOptions({ limit: 1 }));
  const currency = spend.currency ?? 'USD';
  const closed = spend.months.findLast((month) => month.state === 'closed');
  const open = spend.months.findLast((month) => month.state === 'openMonth');
  const totals = advice.data?.latest;
  return (
    <Container>
      <ColumnLayout columns={4} variant="text-grid">
        {closed ? (
          <Figure label={words.lastMonth(monthName(closed.month, language))} note={words.closed}>
            {money(closed.total, currency, language)}
          </Figure>
        ) : null}
        {open ? (
          <Figure label={words.thisMonth(monthName(open.month, language))} note={words.provisional}>
            {money(open.total, currency, language)}
          </Figure>
        ) : null}
        {totals ? (
          <Figure label={words.waiting} note={words.aMonth}>
            {money(totals.totals.net, totals.currency, language)}
          </Figure>
        ) : null}
        {totals ? (
          <div>
            <Box variant="awsui-key-label">{words.gross}</Box>
            <Box fontSize="heading-l">
              <span className="number">{money(totals.totals.gross, totals.currency, language)}</span>
            </Box>
            <Box variant="awsui-key-label" padding={{ top: 'xs' }}>
              {words.overlap}
            </Box>
            <Box fontSize="heading-l">
              <span className="number">− {money(totals.totals.overlap, totals.currency, language)}</span>
            </Box>
          </div>
        ) : null}
      </ColumnLayout>
    </Container>
  );
}

function Figure({ label, note, children }: { label: string; note: string; children: ReactNode }) {
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      <Box fontSize="display-l" fontWeight="bold">
        <span className="number">{children}</span>
      </Box>
      <Box color="text-body-secondary">{note}</Box>
    </div>
  );
}
