import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useReader } from './reader.tsx';

/** "We could not tell" is an answer: what was looked at and could not be judged, and which fact was missing. */
export function NotJudged() {
  const { words, api } = useReader();
  const advice = useQuery(api.recommendations.list.queryOptions({ limit: 1 }));
  const notJudged = advice.data?.latest?.notJudged;
  if (!notJudged) return null;
  return (
    <Table
      variant="container"
      contentDensity="compact"
      items={notJudged}
      trackBy={(item) => `${item.detectorId} ${item.because}`}
      ariaLabels={{ tableLabel: words.couldNotTell }}
      header={
        <Header
          variant="h2"
          description={words.couldNotTellMeaning}
          counter={`(${notJudged.reduce((sum, { count }) => sum + count, 0)})`}
        >
          {words.couldNotTell}
        </Header>
      }
      empty={<Box color="text-body-secondary">{words.everythingJudged}</Box>}
      columnDefinitions={[
        { id: 'rule', header: words.rule, cell: (item) => item.title, isRowHeader: true },
        { id: 'because', header: words.because, cell: (item) => item.missing },
        {
          id: 'count',
          header: <Box textAlign="right">{words.times}</Box>,
          cell: (item) => <Box textAlign="right">{item.count}</Box>,
        },
      ]}
    />
  );
}
