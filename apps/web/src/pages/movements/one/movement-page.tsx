import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { BreadcrumbHeading, HeadingWarning } from '../../../components/breadcrumb-heading.tsx';
import { Page } from '../../../components/page.tsx';
import { LoadError, Loading } from '../../../components/state.tsx';
import { importOfMovementQuery } from '../../../imports/queries.ts';
import { useMay } from '../../../session/session.ts';
import { moment } from '../../../texts/format.ts';
import { movementsTexts } from '../../../texts/movements.ts';
import { Reference } from '../../../stock/reference.tsx';
import { type Movement, movementQuery } from '../movement.ts';
import { MovementTypeName } from '../movement-type.tsx';
import { MovementLines } from './movement-lines.tsx';
import classes from './movement-page.module.css';
import { ReverseDialog } from './reverse-dialog.tsx';

const texts = movementsTexts.details;
const route = getRouteApi('/authenticated/movements/$movementId');

export function MovementPage() {
  const { movementId } = route.useParams();
  const { data, error, refetch } = useQuery(movementQuery(movementId));
  if (!data)
    return (
      <Page title={movementsTexts.one}>
        {error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />}
      </Page>
    );
  return (
    <Page
      title={`${movementsTexts.types[data.type]} ${data.reference ?? moment(data.createdAt)}`}
      heading={<Heading movement={data} />}
      actions={<ReverseButton key={movementId} movement={data} />}
    >
      <div className={classes.content}>
        <Facts movement={data} />
        <h2 className={classes.subtitle}>{texts.lines(data.lineCount)}</h2>
        <MovementLines lines={data.lines} />
      </div>
    </Page>
  );
}

const Heading = ({ movement: { type, reference, reversedBy } }: { movement: Movement }) => (
  <BreadcrumbHeading
    parent={{ to: '/movements', title: movementsTexts.title }}
    title={
      <>
        <MovementTypeName type={type} />
        {reference && (
          <span>
            <Reference text={reference} />
          </span>
        )}
      </>
    }
  >
    {reversedBy && <HeadingWarning>{movementsTexts.reversed}</HeadingWarning>}
  </BreadcrumbHeading>
);

/** Who did it, when and why, and what it undoes or was undone by. */
function Facts({ movement }: { movement: Movement }) {
  const { createdAt, createdBy, reference, note, reverses, reversedBy } = movement;
  const kind = texts.kinds[createdBy.kind];
  return (
    <dl className={classes.facts}>
      <Fact name={texts.when}>{moment(createdAt)}</Fact>
      <Fact name={texts.who}>
        {createdBy.name}
        {kind && <span className={classes.quiet}> · {kind}</span>}
      </Fact>
      <Fact name={texts.reference}>{reference ? <Reference text={reference} /> : texts.none}</Fact>
      <Fact name={texts.note}>{note || texts.none}</Fact>
      <ImportFact movement={movement} />
      {reverses && <LinkFact name={texts.reverses} id={reverses} />}
      {reversedBy && <LinkFact name={texts.reversedBy} id={reversedBy} />}
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Imports book receipts and counts. */
function ImportFact({ movement: { id, type } }: { movement: Movement }) {
  const { data } = useQuery({ ...importOfMovementQuery(id), enabled: type === 'receipt' || type === 'count' });
  if (!data) return null;
  return (
    <Fact name={texts.import}>
      <Link to="/imports" search={{ job: data.id }} className={classes.link}>
        {data.fileName ?? moment(data.createdAt)}
      </Link>
    </Fact>
  );
}

/** The other movement of a pair, by its time and who did it. */
function LinkFact({ name, id }: { name: string; id: string }) {
  const { data } = useQuery(movementQuery(id));
  return (
    <Fact name={name}>
      <Link to="/movements/$movementId" params={{ movementId: id }} className={classes.link}>
        {data ? `${moment(data.createdAt)}, ${data.createdBy.name}` : texts.thatMovement}
      </Link>
      {data?.note && <div className={classes.quiet}>{data.note}</div>}
    </Fact>
  );
}

function ReverseButton({ movement }: { movement: Movement }) {
  const [opened, setOpened] = useState(false);
  const may = useMay('operator') && movement.type !== 'reversal' && !movement.reversedBy;
  return (
    <>
      {may && (
        <Button variant="default" leftSection={<Undo2 size={14} aria-hidden />} onClick={() => setOpened(true)}>
          {movementsTexts.reverse.action}
        </Button>
      )}
      {opened && <ReverseDialog movement={movement} close={() => setOpened(false)} />}
    </>
  );
}
