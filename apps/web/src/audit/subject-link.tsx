import { Link } from '@tanstack/react-router';
import classes from '../components/table.module.css';
import { auditTexts as texts } from '../texts/audit.ts';
import type { AuditEntry } from './audit.ts';

/** What was changed, with a link to its page. */
export function SubjectLink({ subject: { kind, id, name } }: { subject: AuditEntry['subject'] }) {
  const text = `${texts.kinds[kind]} ${name || texts.noFile}`;
  switch (kind) {
    case 'item':
      return <Link to="/items/$itemId" params={{ itemId: id }} className={classes.link}>{text}</Link>; // prettier-ignore
    case 'location':
      return <Link to="/locations/$locationId" params={{ locationId: id }} className={classes.link}>{text}</Link>; // prettier-ignore
    case 'import':
      return <Link to="/imports" search={{ job: id }} className={classes.link}>{text}</Link>; // prettier-ignore
    case 'webhook':
      return <Link to="/webhooks" className={classes.link}>{text}</Link>; // prettier-ignore
    case 'user':
    case 'api-key':
      return <Link to="/people" className={classes.link}>{text}</Link>; // prettier-ignore
  }
}
