import { ActionIcon, Menu } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { AddButton } from '../../components/add-button.tsx';
import { LoadedList } from '../../components/loaded-list.tsx';
import { Section } from '../../components/section.tsx';
import table from '../../components/table.module.css';
import { type User, useUser } from '../../session/session.ts';
import { day } from '../../texts/format.ts';
import { peopleTexts } from '../../texts/people.ts';
import { shell } from '../../texts/shell.ts';
import { AddPerson } from './add-person.tsx';
import { EditPerson } from './edit-person.tsx';
import classes from './people-page.module.css';
import { peopleQuery } from './queries.ts';
import { RemovePerson } from './remove-person.tsx';
import { ResetPassword } from './reset-password.tsx';
import { ResetTotp } from './reset-totp.tsx';

const texts = peopleTexts.people;

type Action = 'edit' | 'password' | 'totp' | 'remove';

const DIALOGS = { edit: EditPerson, password: ResetPassword, totp: ResetTotp, remove: RemovePerson };

export function People() {
  const query = useInfiniteQuery(peopleQuery);
  const [isAdding, setIsAdding] = useState(false);
  const [open, setOpen] = useState<{ action: Action; person: User }>();
  const Dialog = open && DIALOGS[open.action];
  return (
    <Section
      title={texts.title}
      action={<AddButton size="xs" label={texts.add} shortcut={texts.addShortcut} onClick={() => setIsAdding(true)} />}
    >
      <LoadedList query={query} more={texts.more}>
        {(people) => <PeopleTable people={people} open={setOpen} />}
      </LoadedList>
      {isAdding && <AddPerson close={() => setIsAdding(false)} />}
      {Dialog && <Dialog person={open.person} close={() => setOpen(undefined)} />}
    </Section>
  );
}

interface PeopleTableProps {
  people: User[];
  open: (what: { action: Action; person: User }) => void;
}

function PeopleTable({ people, open }: PeopleTableProps) {
  const { id: ownId } = useUser();
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th>{texts.name}</th>
          <th className={classes.narrow}>{texts.email}</th>
          <th>{texts.role}</th>
          <th className={classes.narrow}>{texts.since}</th>
          <th className={table.end}>{texts.actions}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id}>
            <th scope="row">
              {person.name}
              {person.id === ownId && <span className={classes.badge}>{texts.you}</span>}
            </th>
            <td className={classes.narrow}>{person.email}</td>
            <td>{shell.roles[person.role]}</td>
            <td className={classes.narrow}>{day(person.createdAt)}</td>
            <td className={table.end}>
              <Actions person={person} isOwn={person.id === ownId} open={open} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** No one can remove themselves here, nor their second factor: another admin does. */
function Actions({ person, isOwn, open }: { person: User; isOwn: boolean; open: PeopleTableProps['open'] }) {
  const others: Action[] = person.twoFactor ? ['totp', 'remove'] : ['remove'];
  const actions: Action[] = ['edit', 'password', ...(isOwn ? [] : others)];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={texts.actionsFor(person.name)}>
          <Ellipsis size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item key={action} onClick={() => open({ action, person })}>
            {texts[action]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
