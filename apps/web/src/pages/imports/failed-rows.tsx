import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, responseData } from '../../api/client.ts';
import { newKey } from '../../api/new-key.ts';
import table from '../../components/table.module.css';
import { showError } from '../../components/toast.ts';
import type { FailedRow } from '../../imports/queries.ts';
import { importTexts } from '../../texts/imports.ts';
import classes from './imports-page.module.css';

const texts = importTexts.check;

interface FailedRowsProps {
  headings: string[];
  rows: FailedRow[];
  total: number;
  /** By line. */
  corrections: Record<number, string[]>;
  setCorrections: (corrections: Record<number, string[]>) => void;
  recheck: () => void;
}

/** The rows that would be left out, to be corrected where they stand. */
export function FailedRows({ headings, rows, total, corrections, setCorrections, recheck }: FailedRowsProps) {
  const cellsOf = ({ line, cells }: FailedRow): string[] =>
    headings.map((_, at) => (corrections[line] ?? cells)[at] ?? '');
  const correct = (row: FailedRow, at: number, value: string) =>
    setCorrections({ ...corrections, [row.line]: cellsOf(row).map((cell, n) => (n === at ? value : cell)) });
  return (
    <>
      <p className={classes.note}>{texts.leftOut(rows.length, total)}</p>
      <MissingLocations rows={rows} recheck={recheck} />
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={texts.failedRows}>
        <table className={`${table.table} ${classes.rows}`} aria-label={texts.failedRows}>
          <thead>
            <tr>
              <th>{texts.line}</th>
              <th>{texts.reasons}</th>
              {headings.map((heading, at) => (
                <th key={at}>{heading}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line}>
                <td className={table.quiet}>{row.line}</td>
                <td className={table.bad}>
                  {row.errors.map(({ column, reason }) => `${column} ${reason}`).join('; ')}
                </td>
                {cellsOf(row).map((cell, at) => (
                  <td key={at}>
                    <input
                      className={classes.cell}
                      aria-label={texts.cell(headings[at]!, row.line)}
                      aria-invalid={row.errors.some(({ column }) => column === headings[at])}
                      value={cell}
                      onChange={(event) => correct(row, at, event.currentTarget.value)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Locations that rows name and that do not exist: each can be made here. */
function MissingLocations({ rows, recheck }: { rows: FailedRow[]; recheck: () => void }) {
  const queryClient = useQueryClient();
  const codes = [
    ...new Set(
      rows.flatMap(({ errors }) =>
        errors.flatMap(({ reason }) => /^there is no location (.+)$/s.exec(reason)?.[1] ?? []),
      ),
    ),
  ];
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
  return (
    <div className={classes.buttons}>
      {codes.map((code) => (
        <Button key={code} size="xs" variant="default" loading={create.isPending} onClick={() => create.mutate(code)}>
          {texts.createLocation(code)}
        </Button>
      ))}
    </div>
  );
}
