import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { LoadedList } from '../../../components/loaded-list.tsx';
import { Section } from '../../../components/section.tsx';
import table from '../../../components/table.module.css';
import { ago, day } from '../../../texts/format.ts';
import { peopleTexts } from '../../../texts/people.ts';
import { shell } from '../../../texts/shell.ts';
import classes from '../people-page.module.css';
import { type ApiKey, keysQuery } from '../queries.ts';
import { CreateKey } from './create-key.tsx';
import { RevokeKey } from './revoke-key.tsx';

const texts = peopleTexts.keys;

export function ApiKeys() {
  const query = useInfiniteQuery(keysQuery);
  const [isCreating, setIsCreating] = useState(false);
  const [revoked, setRevoked] = useState<ApiKey>();
  return (
    <Section
      title={texts.title}
      text={texts.text}
      action={
        <Button size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={() => setIsCreating(true)}>
          {texts.add}
        </Button>
      }
    >
      <LoadedList query={query} more={texts.more}>
        {(keys) => <KeyTable keys={keys} revoke={setRevoked} />}
      </LoadedList>
      {isCreating && <CreateKey close={() => setIsCreating(false)} />}
      {revoked && <RevokeKey apiKey={revoked} close={() => setRevoked(undefined)} />}
    </Section>
  );
}

function KeyTable({ keys, revoke }: { keys: ApiKey[]; revoke: (key: ApiKey) => void }) {
  if (keys.length === 0) return <p className={classes.quiet}>{texts.none}</p>;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th>{texts.name}</th>
          <th>{texts.role}</th>
          <th className={classes.narrow}>{texts.key}</th>
          <th className={classes.narrow}>{texts.made}</th>
          <th className={classes.narrow}>{texts.used}</th>
          <th>{texts.expires}</th>
          <th className={table.end}>{peopleTexts.people.actions}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <th scope="row">{key.name}</th>
            <td>{shell.roles[key.role]}</td>
            <td className={`${table.mono} ${classes.narrow}`}>{key.prefix}…</td>
            <td className={classes.narrow}>{day(key.createdAt)}</td>
            <td className={classes.narrow}>{key.lastUsedAt ? ago(key.lastUsedAt) : texts.never}</td>
            <td>{key.expiresAt === null ? texts.never : <Expiry at={key.expiresAt} />}</td>
            <td className={table.end}>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={texts.revokeOf(key.name)}
                onClick={() => revoke(key)}
              >
                {texts.revoke}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Expiry = ({ at }: { at: string }) =>
  Date.parse(at) < Date.now() ? <span className={table.bad}>{texts.expired}</span> : day(at);
