import { Button } from '@mantine/core';
import { api, responseData } from '../../../api/client.ts';
import { useWrite } from '../../../api/use-write.ts';
import { showError } from '../../../components/toast.ts';
import { missingLocations } from '../../../imports/corrections.ts';
import type { FailedRow } from '../../../imports/queries.ts';
import { importTexts } from '../../../texts/imports.ts';
import classes from '../imports-page.module.css';

/** Locations that rows name and that do not exist: each can be added here. */
export function MissingLocations({ rows, recheck }: { rows: FailedRow[]; recheck: () => void }) {
  const create = useWrite({
    write: (code: string, header) =>
      responseData(api.POST('/api/v1/locations', { params: { header }, body: { code, name: code } })),
    invalidates: [['locations']],
    onSuccess: () => recheck(),
    onError: showError,
  });
  const codes = missingLocations(rows);
  if (codes.length === 0) return null;
  return (
    <div className={classes.buttons}>
      {codes.map((code) => (
        <Button key={code} size="xs" variant="default" disabled={create.isPending} onClick={() => create.mutate(code)}>
          {importTexts.check.createLocation(code)}
        </Button>
      ))}
    </div>
  );
}
