import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useReader } from './reader.tsx';
import { columnsOf, type Row } from './recommendation-columns.tsx';
import { Failure, Nothing } from './states.tsx';
import { useAddress } from './use-address.ts';

const PAGE = 25;
const CATEGORIES = ['compute', 'storage', 'database', 'network', 'commitments', 'governance'] as const;
const SORTS = ['netMonthlySavings', 'rank', 'firstSeen'] as const;

/** What to do, most money first; filters and order are in the address. */
export function Recommendations({ selected, onSelect }: { selected: string; onSelect: (id: string) => void }) {
  const { words, api, language } = useReader();
  const [category, setCategory] = useAddress('category', '');
  const [text, setText] = useAddress('resource', '');
  const [order, setOrder] = useAddress('order', 'netMonthlySavings');
  // The pages behind us belong to one question: another one begins at its first page.
  const question = JSON.stringify([category, text, order]);
  const [pages, setPages] = useState<{ readonly question: string; readonly cursors: readonly string[] }>({
    question,
    cursors: [],
  });
  const cursors = pages.question === question ? pages.cursors : [];
  const setCursors = (wanted: readonly string[]) => setPages({ question, cursors: wanted });
  const list = useQuery({
    ...api.recommendations.list.queryOptions({
      limit: PAGE,
      sort: SORTS.find((each) => each === order) ?? 'netMonthlySavings',
      ...(cursors.length > 0 ? { cursor: cursors.at(-1) } : {}),
      ...(text === '' ? {} : { resourceIdContains: text.slice(0, 200) }),
      ...(CATEGORIES.some((each) => each === category) ? { category: [category as (typeof CATEGORIES)[number]] } : {}),
    }),
    placeholderData: keepPreviousData,
  });
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data?.items ?? [];
  const isFiltered = category !== '' || text !== '';
  return (
    <Table<Row>
      variant="container"
      stickyHeader
      wrapLines
      loading={list.isPending}
      loadingText={words.loading}
      items={items}
      trackBy="id"
      selectionType="single"
      selectedItems={items.filter((item) => item.id === selected)}
      onSelectionChange={({ detail }) => onSelect(detail.selectedItems[0]?.id ?? '')}
      onRowClick={({ detail }) => onSelect(detail.item.id)}
      ariaLabels={{
        tableLabel: words.recommendations,
        selectionGroupLabel: words.recommendations,
        itemSelectionLabel: (_, item) => `${item.title}: ${item.resourceId ?? words.wholeAccount}`,
      }}
      columnDefinitions={columnsOf(words, language, (row) => (
        <Link
          href={`?recommendation=${row.id}`}
          onFollow={(event) => {
            event.preventDefault();
            onSelect(row.id);
          }}
        >
          {row.title}
        </Link>
      ))}
      empty={
        isFiltered ? (
          <Nothing title={words.nothingFound} next={words.nothingFoundNext} />
        ) : (
          <Nothing title={words.nothingToDo} next={words.nothingToDoNext} />
        )
      }
      header={
        <Header variant="h2" counter={list.data ? `(${list.data.count})` : ''} description={words.aMonth}>
          {words.recommendations}
        </Header>
      }
      filter={
        <Filters category={category} onCategory={setCategory} text={text} onText={setText} order={order} onOrder={setOrder} />
      }
      pagination={
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            variant="icon"
            iconName="angle-left"
            ariaLabel={words.previousPage}
            disabled={cursors.length === 0}
            onClick={() => setCursors(cursors.slice(0, -1))}
          />
          <Box padding={{ top: 'xxs' }}>{words.page(cursors.length + 1)}</Box>
          <Button
            variant="icon"
            iconName="angle-right"
            ariaLabel={words.nextPage}
            disabled={!list.data?.next}
            onClick={() => list.data?.next && setCursors([...cursors, list.data.next])}
          />
        </SpaceBetween>
      }
    />
  );
}

interface FilterProps {
  category: string;
  onCategory: (value: string) => void;
  text: string;
  onText: (value: string) => void;
  order: string;
  onOrder: (value: string) => void;
}

function Filters({ category, onCategory, text, onText, order, onOrder }: FilterProps) {
  const { words } = useReader();
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  const categories = [
    { value: '', label: words.allCategories },
    ...CATEGORIES.map((value) => ({ value, label: words.categories[value] ?? value })),
  ];
  const orders = [
    { value: 'netMonthlySavings', label: words.sortNet },
    { value: 'rank', label: words.sortRank },
    { value: 'firstSeen', label: words.sortSeen },
  ];
  return (
    <SpaceBetween direction="horizontal" size="s">
      <TextFilter
        filteringText={typed}
        filteringPlaceholder={words.findResource}
        filteringAriaLabel={words.findResource}
        onChange={({ detail }) => setTyped(detail.filteringText)}
        onDelayedChange={({ detail }) => onText(detail.filteringText)}
      />
      <Select
        ariaLabel={words.category}
        selectedOption={categories.find(({ value }) => value === category) ?? null}
        options={categories}
        onChange={({ detail }) => onCategory(detail.selectedOption.value ?? '')}
      />
      <Select
        ariaLabel={words.sortBy}
        selectedOption={orders.find(({ value }) => value === order) ?? null}
        options={orders}
        onChange={({ detail }) => onOrder(detail.selectedOption.value ?? '')}
      />
    </SpaceBetween>
  );
}
