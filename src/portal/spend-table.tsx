import Box from '@cloudscape-design/components/box';
import Table from '@cloudscape-design/components/table';
import { money, monthName } from './money.ts';
import { useReader } from './reader.tsx';
import { type Spend, seriesOf } from './spend-series.ts';

/** The chart's figures as figures. */
export function SpendTable({ spend }: { spend: Spend }) {
  const { words, language } = useReader();
  const { months, services } = seriesOf(spend, words.other);
  const currency = spend.currency ?? 'USD';
  const number = (amount: string) => (
    <Box textAlign="right">
      <span className="number">{money(amount, currency, language)}</span>
    </Box>
  );
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      ariaLabels={{ tableLabel: words.spendByMonth }}
      items={months.map((month, index) => ({ month, index })).toReversed()}
      trackBy={({ month }) => month.month}
      columnDefinitions={[
        {
          id: 'month',
          header: words.month,
          isRowHeader: true,
          cell: ({ month }) =>
            `${monthName(month.month, language)}${month.state === 'openMonth' ? ` (${words.provisional})` : ''}`,
        },
        { id: 'total', header: <Box textAlign="right">{words.total}</Box>, cell: ({ month }) => <b>{number(month.total)}</b> },
        ...services.map((service) => ({
          id: service.name,
          header: service.name,
          cell: ({ index }: { month: Spend['months'][number]; index: number }) => number(service.costs[index] ?? '0'),
        })),
      ]}
    />
  );
}
