import { Menu } from '@mantine/core';
import { showError } from '../../../components/toast.ts';
import { useUser } from '../../../session/session.ts';
import { itemsTexts } from '../../../texts/items.ts';
import { COLUMNS, type Display, toggled, writeDisplay } from './display.ts';

const texts = itemsTexts.display;

export interface DisplayChoice {
  display: Display;
  setDisplay: (display: Display) => void;
}

/** Columns and height of the rows. The menu stays open: most often, more than one is changed. */
export function DisplayItems({ display, setDisplay }: DisplayChoice) {
  const { id } = useUser();
  const { columns, isCompact } = display;
  const choose = (changes: Partial<Display>) => {
    const chosen = { ...display, ...changes };
    setDisplay(chosen);
    try {
      writeDisplay(id, chosen);
    } catch (error) {
      showError(error as Error);
    }
  };
  return (
    <>
      <Menu.Label>{texts.columns}</Menu.Label>
      {COLUMNS.map((column) => (
        <Menu.CheckboxItem
          key={column}
          closeMenuOnClick={false}
          checked={columns.includes(column)}
          onChange={() => choose({ columns: toggled(columns, column) })}
        >
          {itemsTexts.columns[column]}
        </Menu.CheckboxItem>
      ))}
      <Menu.Divider />
      <Menu.CheckboxItem
        closeMenuOnClick={false}
        checked={isCompact}
        onChange={() => choose({ isCompact: !isCompact })}
      >
        {texts.compact}
      </Menu.CheckboxItem>
    </>
  );
}
