import { Badge, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Tag } from 'lucide-react';
import { Suspense } from 'react';
import { useCurrency } from '../../catalog/currency.ts';
import { isLow, type Item, itemQuery } from '../../catalog/items.ts';
import { BreadcrumbHeading, HeadingWarning } from '../../components/breadcrumb-heading.tsx';
import { lazyPart } from '../../components/lazy-part.ts';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { LoadError, Loading } from '../../components/state.tsx';
import { money, number } from '../../texts/format.ts';
import { auditTexts } from '../../texts/audit.ts';
import { itemTexts as texts } from '../../texts/item.ts';
import { Actions } from './actions.tsx';
import { ItemPhoto } from './photo/item-photo.tsx';
import { ItemReservations } from './item-reservations.tsx';
import { ItemAudit } from './item-audit.tsx';
import classes from './item-page.module.css';
import { ItemLedger } from './item-ledger.tsx';
import { StockLevels } from './stock-levels.tsx';
import { useChangeNotice } from './use-change-notice.ts';

/** The chart is no part of what must be there first. */
const History = lazyPart(() => import('./history/stock-history.tsx'), 'StockHistory');

const route = getRouteApi('/authenticated/items/$itemId');

export function ItemPage() {
  const { itemId } = route.useParams();
  const { data: item, error, refetch } = useQuery(itemQuery(itemId));
  if (item) return <ItemDetails key={itemId} item={item} />;
  return (
    <Page title={texts.loading}>{error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />}</Page>
  );
}

function ItemDetails({ item }: { item: Item }) {
  useChangeNotice(item.id);
  return (
    <Page title={item.name} heading={<Heading item={item} />} actions={<Actions item={item} />}>
      <div className={classes.columns}>
        <div className={classes.main}>
          <Figures item={item} />
          <Section title={texts.history.title}>
            <Suspense fallback={<div className={classes.chartSpace} />}>
              <History item={item} />
            </Suspense>
          </Section>
          <Section title={texts.ledger.title}>
            <ItemLedger item={item} />
          </Section>
          <Section title={auditTexts.item.title}>
            <ItemAudit item={item} />
          </Section>
        </div>
        <div className={classes.side}>
          <ItemPhoto item={item} />
          <Section title={texts.levels.title}>
            <StockLevels item={item} />
          </Section>
          <Section title={texts.reservations.title}>
            <ItemReservations item={item} />
          </Section>
          <Facts item={item} />
          <Button
            renderRoot={(props: object) => <Link {...props} to="/labels" search={{ items: item.id }} />}
            size="xs"
            variant="default"
            mt="md"
            leftSection={<Tag size={14} aria-hidden />}
          >
            {texts.label}
          </Button>
        </div>
      </div>
    </Page>
  );
}

const Heading = ({ item }: { item: Item }) => (
  <BreadcrumbHeading parent={{ to: '/items', title: texts.back }} title={item.name}>
    <span className={classes.sku}>{item.sku}</span>
    {item.archivedAt && <Badge color="gray.8">{texts.archived}</Badge>}
    {isLow(item) && <HeadingWarning>{texts.low}</HeadingWarning>}
  </BreadcrumbHeading>
);

const Figures = ({ item }: { item: Item }) => (
  <dl className={classes.figures}>
    {(['onHand', 'reserved', 'available', 'reorderPoint'] as const).map((name) => (
      <div key={name}>
        <dt>{texts.figures[name]}</dt>
        <dd data-low={(name === 'available' && isLow(item)) || undefined}>
          {item[name] === null ? texts.none : number(item[name])}
        </dd>
      </div>
    ))}
  </dl>
);

function Facts({ item }: { item: Item }) {
  const currency = useCurrency();
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{texts.facts.unitCost}</dt>
        <dd>{item.unitCost === null ? texts.none : currency && money(item.unitCost, currency)}</dd>
      </div>
      <div>
        <dt>{texts.facts.value}</dt>
        <dd>{item.unitCost === null ? texts.none : currency && money(item.unitCost * item.onHand, currency)}</dd>
      </div>
      <div>
        <dt>{texts.facts.barcodes}</dt>
        {item.barcodes.map((code) => (
          <dd key={code}>{code}</dd>
        ))}
        {item.barcodes.length === 0 && <dd>{texts.none}</dd>}
        {item.warnings?.map(({ pointer, detail }) => (
          <dd key={pointer} className={classes.warning}>
            {detail}
          </dd>
        ))}
      </div>
      {(['category', 'unit', 'description'] as const).map((name) => (
        <div key={name}>
          <dt>{texts.facts[name]}</dt>
          <dd>{item[name] || texts.none}</dd>
        </div>
      ))}
      {Object.entries(item.attributes).map(([name, value]) => (
        <div key={`attribute ${name}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
