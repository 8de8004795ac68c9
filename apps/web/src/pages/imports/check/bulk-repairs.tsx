import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Corrections, repeatedFaults, type RepeatedFault, replaced } from '../../../imports/corrections.ts';
import type { FailedRow } from '../../../imports/queries.ts';
import { importTexts } from '../../../texts/imports.ts';
import classes from '../imports-page.module.css';

const texts = importTexts.check;

interface BulkRepairsProps {
  headings: string[];
  rows: FailedRow[];
  corrections: Corrections;
  setCorrections: (corrections: Corrections) => void;
}

/** A value that is wrong in several rows is replaced in all of them at once. */
export function BulkRepairs({ headings, rows, corrections, setCorrections }: BulkRepairsProps) {
  const faults = repeatedFaults(headings, rows, corrections);
  if (faults.length === 0) return null;
  return (
    <ul className={classes.repairs} aria-label={texts.repairs}>
      {faults.map((fault) => (
        <BulkRepair
          key={`${fault.at} ${fault.value}`}
          fault={fault}
          heading={headings[fault.at]!}
          replace={(value) => setCorrections(replaced(rows, corrections, fault, value))}
        />
      ))}
    </ul>
  );
}

interface BulkRepairProps {
  fault: RepeatedFault;
  heading: string;
  replace: (value: string) => void;
}

function BulkRepair({ fault: { value, lines }, heading, replace }: BulkRepairProps) {
  const [text, setText] = useState('');
  const label = texts.repair(heading, value, lines.length);
  return (
    <li>
      <span>{label}</span>
      <TextInput size="xs" aria-label={label} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Button size="xs" variant="default" disabled={text === value} onClick={() => replace(text)}>
        {texts.replace}
      </Button>
    </li>
  );
}
