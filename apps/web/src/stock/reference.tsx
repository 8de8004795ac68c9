import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, responseData } from '../api/client.ts';
import { moment } from '../texts/format.ts';
import { movementTexts as texts } from '../texts/stock.ts';

const IMPORT = /^import ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A movement's reference. That of an import is the name of its file, and leads to it. */
export function Reference({ text }: { text: string }) {
  const id = IMPORT.exec(text)?.[1];
  return id ? <ImportLink id={id} /> : <>{text}</>;
}

function ImportLink({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['imports', 'name', id],
    queryFn: ({ signal }) => responseData(api.GET('/api/v1/imports/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  });
  return (
    <Link to="/imports" search={{ job: id }}>
      {data ? (data.fileName ?? texts.importOf(moment(data.createdAt))) : texts.anImport}
    </Link>
  );
}
