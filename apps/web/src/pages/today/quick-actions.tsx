import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../session/session.ts';
import { glossary } from '../../texts/glossary.ts';
import { FindItem } from './find-item.tsx';
import classes from './today-page.module.css';

const ACTIONS = ['receipt', 'issue', 'count'] as const;

/** What a day is made of: finding an item, and moving stock. */
export function QuickActions() {
  const mayBook = useMay('operator');
  return (
    <div className={classes.quick}>
      <FindItem />
      {mayBook && (
        <div className={classes.buttons}>
          {ACTIONS.map((type) => (
            <Button
              key={type}
              variant="default"
              renderRoot={(props: object) => <Link {...props} to="/movements/new" search={{ type }} />}
            >
              {glossary.actions[type]}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
