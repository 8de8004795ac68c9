import { Menu } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Check, Plus, Trash2 } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { showError } from '../../../components/toast.ts';
import { useUser } from '../../../session/session.ts';
import { itemsTexts } from '../../../texts/items.ts';
import type { ItemsSearch } from '../search.ts';
import { type DisplayChoice, DisplayItems } from './display-menu.tsx';
import { SaveView } from './save-view.tsx';
import { type View, writeViews } from './stored-views.ts';

const texts = itemsTexts.views;
const route = getRouteApi('/authenticated/items');

interface ViewsMenuProps extends DisplayChoice {
  search: ItemsSearch;
  views: View[];
  /** The one that is seen. */
  current: View | undefined;
  setViews: (views: View[]) => void;
  /** The button that opens it. */
  children: ReactElement;
}

/** Open from the beginning. */
export function ViewsMenu({ search, views, current, setViews, display, setDisplay, children }: ViewsMenuProps) {
  const { id } = useUser();
  const navigate = route.useNavigate();
  const [isSaving, setSaving] = useState(false);
  const keep = (changed: View[]) => {
    writeViews(id, changed);
    setViews(changed);
  };
  const remove = (view: View) => {
    try {
      keep(views.filter((other) => other !== view));
    } catch (error) {
      showError(error as Error);
    }
  };
  return (
    <>
      <Menu position="bottom-start" defaultOpened>
        <Menu.Target>{children}</Menu.Target>
        <Menu.Dropdown>
          {views.map((view) => (
            <Menu.Item
              key={view.name}
              leftSection={<Check size={14} aria-hidden opacity={view === current ? 1 : 0} />}
              onClick={() => void navigate({ search: view.search })}
            >
              {view.name}
            </Menu.Item>
          ))}
          {views.length > 0 && <Menu.Divider />}
          {current ? (
            <Menu.Item leftSection={<Trash2 size={14} aria-hidden />} onClick={() => remove(current)}>
              {texts.remove(current.name)}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<Plus size={14} aria-hidden />} onClick={() => setSaving(true)}>
              {texts.save}
            </Menu.Item>
          )}
          <Menu.Divider />
          <DisplayItems display={display} setDisplay={setDisplay} />
        </Menu.Dropdown>
      </Menu>
      {isSaving && <SaveView views={views} search={search} keep={keep} close={() => setSaving(false)} />}
    </>
  );
}
