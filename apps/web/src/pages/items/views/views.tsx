import { Button, Menu } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Bookmark, Check, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { showError } from '../../../components/toast.ts';
import { useUser } from '../../../session/session.ts';
import { itemsTexts } from '../../../texts/items.ts';
import type { ItemsSearch } from '../search.ts';
import { SaveView } from './save-view.tsx';
import { isSame, readViews, type View, writeViews } from './stored-views.ts';

const texts = itemsTexts.views;
const route = getRouteApi('/authenticated/items');

/** Filters and order that a person comes back to, by name. */
export function Views({ search }: { search: ItemsSearch }) {
  const { id } = useUser();
  const navigate = route.useNavigate();
  const [views, setViews] = useState(() => readViews(id));
  const [isSaving, setSaving] = useState(false);
  const current = views.find((view) => isSame(view.search, search));
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
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="subtle" color="gray" leftSection={<Bookmark size={14} aria-hidden />}>
            {current?.name ?? texts.title}
          </Button>
        </Menu.Target>
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
        </Menu.Dropdown>
      </Menu>
      {isSaving && <SaveView views={views} search={search} keep={keep} close={() => setSaving(false)} />}
    </>
  );
}
