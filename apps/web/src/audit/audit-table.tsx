import { UnstyledButton } from '@mantine/core';
import table from '../components/table.module.css';
import { auditTexts as texts } from '../texts/audit.ts';
import { briefMoment, moment } from '../texts/format.ts';
import type { AuditEntry } from './audit.ts';
import classes from './audit-table.module.css';
import { Changes } from './changes.tsx';
import { SubjectLink } from './subject-link.tsx';

interface AuditTableProps {
  entries: AuditEntry[];
  /** With what was changed, and from where: the table is not of one thing alone. */
  isGeneral?: boolean;
  /** Narrows the list to one actor. */
  filterBy?: (actorId: string) => void;
}

/** Entries of the audit, the newest first. Focusable, so that the keyboard can scroll it where it is too wide. */
export const AuditTable = ({ entries, isGeneral = false, filterBy }: AuditTableProps) => (
  <div className={table.scroll} role="region" aria-label={texts.table} tabIndex={0}>
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{texts.columns.when}</th>
          <th scope="col">{texts.columns.who}</th>
          {isGeneral && <th scope="col">{texts.columns.what}</th>}
          <th scope="col">{texts.columns.changes}</th>
          {isGeneral && (
            <th scope="col" className={classes.wide}>
              {texts.columns.address}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td className={table.nowrap}>
              <span className={table.whole}>{moment(entry.createdAt)}</span>
              <span className={table.brief}>{briefMoment(entry.createdAt)}</span>
            </td>
            <td>
              {filterBy ? (
                <UnstyledButton className={table.link} fz="inherit" onClick={() => filterBy(entry.createdBy.id)}>
                  {entry.createdBy.name}
                </UnstyledButton>
              ) : (
                entry.createdBy.name
              )}
            </td>
            {isGeneral && (
              <td>
                <SubjectLink subject={entry.subject} />
              </td>
            )}
            <td>
              <Changes entry={entry} />
            </td>
            {isGeneral && <td className={`${table.quiet} ${classes.wide}`}>{entry.address ?? texts.none}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
