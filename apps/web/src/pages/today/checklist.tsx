import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Schema } from '../../api/client.ts';
import { Empty } from '../../components/state.tsx';
import { may, useUser } from '../../session/session.ts';
import { todayTexts } from '../../texts/today.ts';
import { RunningImports } from './running-imports.tsx';
import classes from './today-page.module.css';

const texts = todayTexts.empty;

/** The first steps of a company that has nothing here yet. */
export function Checklist({ summary }: { summary: Schema['Summary'] }) {
  const { role } = useUser();
  if (!may(role, 'operator')) return <Empty title={texts.title} text={texts.textForViewers} />;
  const steps = [
    { text: texts.locations(summary.locations), to: '/locations', action: texts.toLocations },
    { text: texts.items, to: '/imports', action: texts.import },
    { text: texts.byHand, to: '/items', action: texts.add },
    { text: texts.receipt, to: '/movements/new', action: texts.toReceipt },
    { text: texts.label, to: '/labels', action: texts.toLabels },
    ...(may(role, 'admin') ? [{ text: texts.person, to: '/people', action: texts.toPeople }] : []),
  ];
  return (
    <div className={classes.content}>
      <h2 className={classes.subtitle}>{texts.title}</h2>
      <ol className={classes.steps}>
        {steps.map(({ text, to, action }) => (
          <li key={to}>
            <span>{text}</span>
            <Button variant="default" renderRoot={(props: object) => <Link {...props} to={to} />}>
              {action}
            </Button>
          </li>
        ))}
      </ol>
      <RunningImports quiet />
    </div>
  );
}
