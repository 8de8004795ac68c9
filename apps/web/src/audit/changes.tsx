import { useCurrency } from '../catalog/currency.ts';
import table from '../components/table.module.css';
import { auditTexts as texts } from '../texts/audit.ts';
import { moment, money, number } from '../texts/format.ts';
import type { AuditEntry } from './audit.ts';
import classes from './audit-table.module.css';

type Change = AuditEntry['changes'][number];

/** What a change did to each field. */
export const Changes = ({ entry: { action, changes, importId } }: { entry: AuditEntry }) => (
  <ul className={classes.changes}>
    {action !== 'updated' && (
      <li>
        {texts.actions[action]} {importId && texts.byImport}
      </li>
    )}
    {changes.map((change) => (
      <li key={change.field}>
        <span className={table.quiet}>{texts.fields[change.field]}: </span>
        <Values change={change} isNew={action === 'created'} />
      </li>
    ))}
    {action === 'updated' && importId && <li className={table.quiet}>{texts.byImport}</li>}
  </ul>
);

function Values({ change: { field, from, to }, isNew }: { change: Change; isNew: boolean }) {
  const currency = useCurrency();
  if (field === 'password' || field === 'secret') return texts.secret;
  const show = (value: Change['from']): string => {
    if (value === null || value === '') return texts.none;
    if (field === 'photo') return texts.yes;
    if (typeof value === 'boolean') return value ? texts.yes : texts.no;
    if (typeof value === 'object') return Object.entries(value).map(([name, text]) => `${name} ${text}`).join(', ') || texts.none; // prettier-ignore
    if (typeof value === 'string') return field === 'expiresAt' ? moment(value) : value;
    return field === 'unitCost' && currency ? money(value, currency) : number(value);
  };
  return isNew ? show(to) : `${show(from)} → ${show(to)}`;
}
