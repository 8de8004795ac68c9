import { Button, Loader } from '@mantine/core';
import { CircleAlert, Inbox, Lock, type LucideIcon, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem, NetworkError } from '../api/problem.ts';
import { shell } from '../texts/shell.ts';
import classes from './state.module.css';

interface StateProps {
  icon: LucideIcon;
  title: string;
  text?: string | undefined;
  small?: string | undefined;
  /** What the person can do about it. */
  children?: ReactNode;
  role?: 'alert' | 'status';
}

function State({ icon: Icon, title, text, small, children, role }: StateProps) {
  return (
    <div className={classes.state} role={role}>
      <Icon size={28} strokeWidth={1.5} aria-hidden className={classes.icon} />
      <p className={classes.title}>{title}</p>
      {text && <p className={classes.text}>{text}</p>}
      {small && <p className={classes.small}>{small}</p>}
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  );
}

/** Nothing is here, and why, and what to do next. */
export const Empty = (props: Omit<StateProps, 'icon' | 'role'> & { icon?: LucideIcon }) => (
  <State icon={Inbox} {...props} />
);

export const Loading = ({ label = shell.loading }: { label?: string }) => (
  <div className={classes.state} role="status">
    <Loader size="sm" aria-hidden />
    <span className={classes.hidden}>{label}</span>
  </div>
);

/** What was asked for did not come. Of a 403, says so instead. */
export function LoadError({ error, retry }: { error: Error; retry?: () => void }) {
  if (error instanceof ApiProblem && error.status === 403) return <Forbidden text={error.message} />;
  const isAway = error instanceof NetworkError;
  return (
    <State
      icon={isAway ? Unplug : CircleAlert}
      title={shell.failed.title}
      text={isAway ? shell.failed.away : error.message}
      small={error instanceof ApiProblem ? shell.failed.requestId(error.body.requestId) : undefined}
      role="alert"
    >
      {retry && (
        <Button variant="default" onClick={retry}>
          {shell.retry}
        </Button>
      )}
    </State>
  );
}

export const Forbidden = ({ text }: { text: string }) => (
  <State icon={Lock} title={shell.forbidden.title} text={text} role="alert" />
);
