import { Alert, Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Printer, Tag } from 'lucide-react';
import { useCallback, useState } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { type Item, itemQuery } from '../../catalog/items.ts';
import { type LabelSettings, layoutPages, loadSettings, saveSettings } from '../../labels/paper.ts';
import { PrintPages } from '../../labels/print-pages.tsx';
import { Page } from '../../components/page.tsx';
import { Empty, LoadError, Loading } from '../../components/state.tsx';
import { useShortcut } from '../../shell/shortcuts.ts';
import { labelTexts as texts } from '../../texts/labels.ts';
import { ItemList } from './item-list.tsx';
import classes from './labels-page.module.css';
import { Preview } from './preview.tsx';
import { Settings } from './settings.tsx';
import { warningsFor } from './warnings.ts';

const route = getRouteApi('/authenticated/labels');
/** What an address holds. */
const MAX_ITEMS = 200;

export function LabelsPage() {
  const { items: listed = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const all = [...new Set(listed.split(',').filter(Boolean))];
  const ids = all.slice(0, MAX_ITEMS);
  const asked = useQueries({ queries: ids.map((id) => ({ ...itemQuery(id), refetchInterval: false as const })) });
  const gone = asked.filter(({ error }) => error instanceof ApiProblem && [404, 400].includes(error.status));
  const broken = asked.find(({ error, data }) => error && !data && !gone.some((other) => other.error === error));
  const items = asked.flatMap(({ data }) => data ?? []);
  const choose = (chosen: string[]) =>
    void navigate({ search: chosen.length > 0 ? { items: chosen.join(',') } : {}, replace: true });
  if (broken?.error)
    return (
      <Page title={texts.title}>
        <LoadError error={broken.error} retry={() => void broken.refetch()} />
      </Page>
    );
  return (
    <Labels
      items={items}
      isLoading={asked.some(({ isPending }) => isPending)}
      notes={[all.length > MAX_ITEMS && texts.tooMany(MAX_ITEMS), gone.length > 0 && texts.gone(gone.length)].filter(
        isText,
      )}
      choose={choose}
    />
  );
}

const isText = (note: string | false): note is string => note !== false;

interface LabelsProps {
  items: Item[];
  isLoading: boolean;
  notes: string[];
  choose: (ids: string[]) => void;
}

function Labels({ items, isLoading, notes, choose }: LabelsProps) {
  const [settings, setSettings] = useState(loadSettings);
  const [invalid, setInvalid] = useState<readonly string[]>([]);
  const onValidity = useCallback(
    (field: string, isValid: boolean) =>
      setInvalid((before) => [...before.filter((other) => other !== field), ...(isValid ? [] : [field])]),
    [],
  );
  const change = (changes: Partial<LabelSettings>) => {
    setSettings({ ...settings, ...changes });
    saveSettings({ ...settings, ...changes });
  };
  const pages = layoutPages(items, settings);
  const mayPrint = items.length > 0 && invalid.length === 0;
  const print = () => mayPrint && globalThis.print();
  useShortcut('p', texts.printShortcut, print);
  const warnings = [...notes, ...warningsFor(items, settings)];
  return (
    <Page
      title={texts.title}
      actions={
        <Button leftSection={<Printer size={14} aria-hidden />} onClick={print} disabled={!mayPrint}>
          {texts.print}
        </Button>
      }
    >
      <div className={classes.columns}>
        <div className={classes.settings}>
          <ItemList items={items} choose={choose} />
          <Settings settings={settings} change={change} onValidity={onValidity} />
          <p className={classes.quiet} aria-live="polite">
            {texts.summary(items.length * settings.copies, pages.length, settings.paper === 'roll')}. {texts.hint}
          </p>
        </div>
        <div className={classes.main}>
          {warnings.length > 0 && (
            <Alert color="yellow" variant="light" role="status">
              {warnings.map((warning) => (
                <div key={warning}>{warning}</div>
              ))}
            </Alert>
          )}
          {isLoading ? (
            <Loading />
          ) : items.length === 0 ? (
            <Empty icon={Tag} title={texts.empty.title} text={texts.empty.text} />
          ) : (
            <Preview pages={pages} settings={settings} />
          )}
        </div>
      </div>
      {!isLoading && items.length > 0 && <PrintPages pages={pages} settings={settings} />}
    </Page>
  );
}
