import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import type { Item } from '../../catalog/items.ts';
import { AddButton } from '../../components/add-button.tsx';
import { lazyPart } from '../../components/lazy-part.ts';
import { DialogLoading } from '../../components/dialog/dialog-loading.tsx';
import { Page } from '../../components/page.tsx';
import { Empty, LoadError, Loading } from '../../components/state.tsx';
import { useMay, useUser } from '../../session/session.ts';
import { itemsTexts as texts } from '../../texts/items.ts';
import { Filters } from './filters.tsx';
import { ItemGrid } from './item-grid.tsx';
import { exportUrl, itemListQuery } from './item-list.ts';
import { isFiltered, type ItemsSearch, withFilters } from './search.ts';
import { useSearchInput } from './use-search-input.ts';
import { readDisplay } from './views/display.ts';

// What the list does not need to be seen.
const AddItem = lazyPart(() => import('./add-item.tsx'), 'AddItem');
const BulkBar = lazyPart(() => import('./bulk-bar.tsx'), 'BulkBar');

const route = getRouteApi('/authenticated/items');

export function ItemsPage() {
  const words = useSearchInput();
  const search = withFilters(route.useSearch(), { q: words.q || undefined });
  const mayEdit = useMay('operator');
  const [adding, setAdding] = useState<{ name?: string }>();
  const [selected, setSelected] = useState<ReadonlyMap<string, Item>>(new Map());
  const { id: userId } = useUser();
  const [display, setDisplay] = useState(() => readDisplay(userId));
  const list = useInfiniteQuery(itemListQuery(search));
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <Page
      title={texts.title}
      fills
      actions={
        <>
          <Button component="a" href={exportUrl(search)} variant="default">
            {texts.export}
          </Button>
          {mayEdit && <AddButton label={texts.add} shortcut={texts.addShortcut} onClick={() => setAdding({})} />}
        </>
      }
    >
      <Filters search={search} words={words} display={display} setDisplay={setDisplay} />
      {list.error && !items ? (
        <LoadError error={list.error} retry={() => void list.refetch()} />
      ) : !items ? (
        <Loading />
      ) : items.length === 0 ? (
        <NoItems search={search} add={mayEdit ? (name) => setAdding({ name }) : undefined} />
      ) : (
        <ItemGrid
          key={String(display.isCompact)}
          display={display}
          items={items}
          search={search}
          more={
            list.hasNextPage && !list.isFetchingNextPage && !list.isPlaceholderData ? list.fetchNextPage : undefined
          }
          selected={selected}
          onSelect={mayEdit ? setSelected : undefined}
        />
      )}
      <Suspense>
        {selected.size > 0 && (
          <BulkBar
            selected={[...selected.values()]}
            search={search}
            hasMore={list.hasNextPage && items?.every(({ id }) => selected.has(id)) === true}
            keep={(items) => setSelected(new Map(items.map((item) => [item.id, item])))}
          />
        )}
      </Suspense>
      <Suspense fallback={<DialogLoading />}>
        {adding && <AddItem name={adding.name} close={() => setAdding(undefined)} />}
      </Suspense>
    </Page>
  );
}

interface NoItemsProps {
  search: ItemsSearch;
  /** Undefined: the person may not add items. */
  add: ((name: string) => void) | undefined;
}

function NoItems({ search, add }: NoItemsProps) {
  const { q } = search;
  const navigate = route.useNavigate();
  if (q === undefined && !isFiltered(search))
    return <Empty title={texts.empty.title} text={add ? texts.empty.text : texts.empty.textForViewers} />;
  return (
    <Empty title={texts.noMatch.title} text={texts.noMatch.text(q)}>
      <Button variant="default" onClick={() => void navigate({ search: {} })}>
        {texts.clear}
      </Button>
      {q && add && <Button onClick={() => add(q)}>{texts.addNamed(q)}</Button>}
    </Empty>
  );
}
