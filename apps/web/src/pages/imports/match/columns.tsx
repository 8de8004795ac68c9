import { NativeSelect } from '@mantine/core';
import table from '../../../components/table.module.css';
import { type ImportColumn, type Mapping, namedColumns } from '../../../imports/mapping.ts';
import type { Import } from '../../../imports/queries.ts';
import { importTexts } from '../../../texts/imports.ts';
import classes from '../imports-page.module.css';

const texts = importTexts.match;

interface ColumnsProps {
  job: Import;
  mapping: Mapping;
  setMapping: (mapping: Mapping) => void;
}

/** A row for each column of the file: what it becomes, and a few of its values. */
export function Columns({ job, mapping, setMapping }: ColumnsProps) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={texts.columns}>
      <table className={`${table.table} ${classes.rows}`} aria-label={texts.columns}>
        <thead>
          <tr>
            <th>{texts.heading}</th>
            <th>{texts.target}</th>
            <th>{texts.samples}</th>
            <th>{texts.sure}</th>
          </tr>
        </thead>
        <tbody>
          {namedColumns(job).map((column) => (
            <Column
              key={column.heading}
              column={column}
              chosen={mapping[column.heading] ?? column.target}
              choose={(target) => setMapping({ ...mapping, [column.heading]: target })}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ColumnProps {
  column: ImportColumn;
  chosen: string;
  choose: (target: string) => void;
}

function Column({ column: { heading, target, samples, confidence }, chosen, choose }: ColumnProps) {
  return (
    <tr>
      <th scope="row">{heading}</th>
      <td>
        <NativeSelect
          size="xs"
          aria-label={texts.targetOf(heading)}
          error={chosen === ''}
          value={chosen}
          data={texts.targets(heading, chosen)}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      </td>
      <td className={table.quiet}>{samples.join(' · ')}</td>
      <td>{chosen === target ? texts.confidence(confidence) : chosen === '' ? texts.asks : texts.chosen}</td>
    </tr>
  );
}
