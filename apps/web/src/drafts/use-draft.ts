import { useState } from 'react';
import { useUser } from '../session/session.ts';
import { Draft } from './draft.ts';

/** The signed-in person's draft of a form. Another person never sees it. @param form names the form, and what it is about */
export function useDraft<T>(form: string, isValues: (value: unknown) => value is T): Draft<T> {
  const { id } = useUser();
  const [draft] = useState(() => new Draft(id, form, isValues));
  return draft;
}
