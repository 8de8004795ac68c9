import { Checkbox, CloseButton, Select } from '@mantine/core';
import { useState } from 'react';
import type { Import } from '../../imports/queries.ts';
import table from '../../components/table.module.css';
import { bytes } from '../../texts/format.ts';
import { importTexts } from '../../texts/imports.ts';
import type { ChosenFile } from './chosen-file.ts';
import classes from './imports-page.module.css';
import { SendFile } from './send-file.tsx';

const texts = importTexts.preview;

interface PreviewFileProps {
  chosen: ChosenFile;
  onStarted: (id: string) => void;
  cancel: () => void;
}

/** What the file holds, before anything of it is sent. */
export function PreviewFile({ chosen, onStarted, cancel }: PreviewFileProps) {
  const { file, preview } = chosen;
  const [mode, setMode] = useState<Import['mode']>('upsert');
  const [dryRun, setDryRun] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const attributes = preview.columns.filter(({ field }) => !field).map(({ name }) => name);
  return (
    <section className={classes.preview} aria-label={texts.title(file.name)}>
      <header className={classes.head}>
        <div>
          <h2 className={classes.strong}>{file.name}</h2>
          <p className={classes.quiet}>{texts.size(bytes(file.size), texts.delimiters[preview.delimiter]!)}</p>
        </div>
        {!isSending && <CloseButton aria-label={texts.cancel} onClick={cancel} />}
      </header>
      <Rows chosen={chosen} />
      {attributes.length > 0 && <p className={classes.note}>{texts.attributes(attributes)}</p>}
      <div className={classes.options}>
        <Select
          label={texts.mode}
          data={[
            { value: 'upsert', label: texts.upsert },
            { value: 'create', label: texts.create },
          ]}
          value={mode}
          onChange={(value) => value && setMode(value)}
          allowDeselect={false}
          disabled={isSending}
        />
        <Checkbox
          label={texts.check}
          checked={dryRun}
          onChange={(event) => setDryRun(event.currentTarget.checked)}
          disabled={isSending}
        />
      </div>
      {/* Another choice is another write. */}
      <SendFile
        key={`${mode} ${dryRun}`}
        file={file}
        query={{ mode, dryRun }}
        onSending={setIsSending}
        onStarted={onStarted}
        cancel={cancel}
      />
    </section>
  );
}

function Rows({ chosen: { file, preview } }: { chosen: ChosenFile }) {
  const { columns, rows } = preview;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={texts.caption}>
      <table className={`${table.table} ${classes.rows}`} aria-label={texts.title(file.name)}>
        <thead>
          <tr>
            <th>{texts.line}</th>
            {columns.map(({ name, field }) => (
              <th key={name}>
                <span className={classes.column}>{field ?? name}</span>
                <span className={field ? classes.known : classes.unknown}>
                  {field ? texts.asField : texts.asAttribute}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, cells }) => (
            <tr key={line}>
              <td className={table.quiet}>{line}</td>
              {cells.length === columns.length ? (
                cells.map((cell, n) => <td key={columns[n]!.name}>{cell}</td>)
              ) : (
                <td colSpan={columns.length} className={table.bad}>
                  {texts.broken} {cells.join(' · ')}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className={classes.quiet}>{texts.noRows}</p>}
    </div>
  );
}
