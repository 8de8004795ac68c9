import { Button, type ButtonProps } from '@mantine/core';
import { Bookmark } from 'lucide-react';
import { type ComponentPropsWithRef, Suspense, useState } from 'react';
import { lazyPart } from '../../../components/lazy-part.ts';
import { useUser } from '../../../session/session.ts';
import { itemsTexts as texts } from '../../../texts/items.ts';
import type { ItemsSearch } from '../search.ts';
import type { DisplayChoice } from './display-menu.tsx';
import { isSame, readViews } from './stored-views.ts';

// What the list does not need to be seen.
const ViewsMenu = lazyPart(() => import('./views-menu.tsx'), 'ViewsMenu');

/** Filters and order that a person comes back to, by name, and how the list looks. */
export function Views({ search, ...display }: { search: ItemsSearch } & DisplayChoice) {
  const { id } = useUser();
  const [views, setViews] = useState(() => readViews(id));
  const [isAsked, setAsked] = useState(false);
  const current = views.find((view) => isSame(view.search, search));
  const label = current?.name ?? texts.views.title;
  const closed = (
    <ViewsButton aria-haspopup="menu" onClick={() => setAsked(true)}>
      {label}
    </ViewsButton>
  );
  if (!isAsked) return closed;
  return (
    <Suspense fallback={closed}>
      <ViewsMenu search={search} views={views} current={current} setViews={setViews} {...display}>
        <ViewsButton>{label}</ViewsButton>
      </ViewsMenu>
    </Suspense>
  );
}

const ViewsButton = (props: ButtonProps & ComponentPropsWithRef<'button'>) => (
  <Button variant="subtle" color="gray" leftSection={<Bookmark size={14} aria-hidden />} {...props} />
);
