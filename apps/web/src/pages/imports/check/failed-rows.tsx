import table from '../../../components/table.module.css';
import { cellsOf, type Corrections, faultyFirst } from '../../../imports/corrections.ts';
import type { FailedRow } from '../../../imports/queries.ts';
import { importTexts } from '../../../texts/imports.ts';
import classes from '../imports-page.module.css';

const texts = importTexts.check;
/** How many are drawn; repairs of many go through all that are loaded. */
const SHOWN = 100;

interface FailedRowsProps {
  headings: string[];
  rows: FailedRow[];
  total: number;
  corrections: Corrections;
  setCorrections: (corrections: Corrections) => void;
}

/** The rows that would be left out, to be corrected where they stand. Columns with something wrong come first. */
export function FailedRows({ headings, rows, total, corrections, setCorrections }: FailedRowsProps) {
  const shown = rows.slice(0, SHOWN);
  const order = faultyFirst(headings, shown);
  const correct = (row: FailedRow, at: number, value: string) => {
    const cells = cellsOf(row, headings, corrections).map((cell, n) => (n === at ? value : cell));
    setCorrections({ ...corrections, [row.line]: cells });
  };
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={texts.failedRows}>
        <table className={`${table.table} ${classes.rows}`} aria-label={texts.failedRows}>
          <thead>
            <tr>
              <th>{texts.line}</th>
              <th>{texts.reasons}</th>
              {order.map((at) => (
                <th key={at}>{headings[at]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.line}>
                <td className={table.quiet}>{row.line}</td>
                <td className={classes.reasons}>
                  {row.errors.map(({ column, reason }, n) => (
                    <p key={n}>{`${column} ${reason}`.trim()}</p>
                  ))}
                </td>
                {order.map((at) => (
                  <td key={at}>
                    <input
                      className={classes.cell}
                      aria-label={texts.cell(headings[at]!, row.line)}
                      aria-invalid={row.errors.some(({ column }) => column === headings[at])}
                      value={cellsOf(row, headings, corrections)[at]}
                      onChange={(event) => correct(row, at, event.currentTarget.value)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > shown.length && <p className={classes.quiet}>{texts.more(shown.length, total)}</p>}
    </>
  );
}
