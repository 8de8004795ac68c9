import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, responseData } from '../../../api/client.ts';
import { newKey } from '../../../api/new-key.ts';
import { showError } from '../../../components/toast.ts';
import { missingLocations } from '../../../imports/corrections.ts';
import type { FailedRow } from '../../../imports/queries.ts';
import { importTexts } from '../../../texts/imports.ts';
import classes from '../imports-page.module.css';

/** Locations that rows name and that do not exist: each can be added here. */
export function MissingLocations({ rows, recheck }: { rows: FailedRow[]; recheck: () => void }) {
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: (code: string) =>
      responseData(
        api.POST('/api/v1/locations', {
          params: { header: { 'Idempotency-Key': newKey() } },
          body: { code, name: code },
        }),
      ),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['locations'] });
      recheck();
    },
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
