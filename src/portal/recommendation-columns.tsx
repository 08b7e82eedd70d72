import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { Answers } from './api.ts';
import { money, percent } from './money.ts';
import type { Language, Words } from './words.ts';

export type Row = Answers['recommendations']['list']['items'][number];

export function columnsOf(
  words: Words,
  language: Language,
  titleOf: (row: Row) => ReactNode,
): TableProps.ColumnDefinition<Row>[] {
  const number = (text: string) => (
    <Box textAlign="right">
      <span className="number">{text}</span>
    </Box>
  );
  return [
    { id: 'title', header: words.whatToDo, cell: titleOf, isRowHeader: true, minWidth: 220 },
    {
      id: 'resource',
      header: words.resource,
      cell: (row) => <ResourceName id={row.resourceId} whole={words.wholeAccount} />,
      minWidth: 200,
    },
    { id: 'account', header: words.account, cell: (row) => <span className="number">{row.accountId}</span> },
    { id: 'region', header: words.region, cell: (row) => <span className="number">{row.regionId ?? '–'}</span> },
    {
      id: 'net',
      minWidth: 120,
      header: <Box textAlign="right">{words.netAMonth}</Box>,
      cell: (row) =>
        row.supersededBy === null ? (
          <b>{number(money(row.netMonthlySavings, row.currency, language))}</b>
        ) : (
          <Box textAlign="right">{words.decidedInAnother}</Box>
        ),
    },
    {
      id: 'range',
      header: <Box textAlign="right">{words.range}</Box>,
      cell: (row) =>
        number(`${money(row.savings.low, row.currency, language)} – ${money(row.savings.high, row.currency, language)}`),
    },
    {
      id: 'confidence',
      header: <Box textAlign="right">{words.confidence}</Box>,
      cell: (row) => number(percent(row.confidence, language)),
    },
    { id: 'effort', header: words.effort, minWidth: 110, cell: (row) => words.efforts[row.effort] ?? row.effort },
    {
      id: 'status',
      header: words.status,
      minWidth: 130,
      cell: (row) => (
        <StatusIndicator type={row.status === 'open' ? 'pending' : 'success'}>
          {words.statuses[row.status] ?? row.status}
        </StatusIndicator>
      ),
    },
  ];
}

/** The part of an ARN that people know, with the whole of it at hand; other ids as they are. */
function ResourceName({ id, whole }: { id: string | null; whole: string }) {
  if (id === null) return <>{whole}</>;
  const known = /^arn:(?:[^:]*:){4}(.+)$/.exec(id)?.[1] ?? id;
  return (
    <span className="resource-id" title={id}>
      {known}
    </span>
  );
}
