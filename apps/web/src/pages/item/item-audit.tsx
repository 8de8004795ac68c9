import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { auditQuery } from '../../audit/audit.ts';
import { AuditTable } from '../../audit/audit-table.tsx';
import type { Item } from '../../catalog/items.ts';
import { LoadedList } from '../../components/loaded-list.tsx';
import classes from '../../components/table.module.css';
import { useMay } from '../../session/session.ts';
import { auditTexts as texts } from '../../texts/audit.ts';

const PAGE = 10;

/** Who changed which field of this item, the newest first. */
export function ItemAudit({ item }: { item: Item }) {
  const query = useInfiniteQuery(auditQuery({ subjectKind: 'item', subjectId: item.id }, PAGE));
  const isAdmin = useMay('admin');
  return (
    <>
      <LoadedList query={query} more={texts.more}>
        {(entries) =>
          entries.length > 0 ? <AuditTable entries={entries} /> : <p className={classes.quiet}>{texts.item.empty}</p>
        }
      </LoadedList>
      {isAdmin && (
        <Button
          renderRoot={(props: object) => (
            <Link {...props} to="/audit" search={{ subjectKind: 'item', subjectId: item.id }} />
          )}
          size="xs"
          variant="default"
          mt="xs"
        >
          {texts.item.all}
        </Button>
      )}
    </>
  );
}
