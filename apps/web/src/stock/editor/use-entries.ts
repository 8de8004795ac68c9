import { useRef, useState } from 'react';

export type Entries = ReturnType<typeof useEntries>;

/** What is typed into the quick entry, and what has been entered and is still being looked up. */
export function useEntries() {
  const [text, setText] = useState('');
  const [isLeft, setLeft] = useState(false);
  // One entry after the other, in the order in which they were scanned.
  const queue = useRef(Promise.resolve());
  return {
    text,
    setText: (next: string) => {
      setText(next);
      setLeft(false);
    },
    /** Whether the form was to be sent while something typed was not added yet. */
    isLeft,
    enqueue: (lookUp: () => Promise<void>) => {
      queue.current = queue.current.then(lookUp);
    },
    /** Waits for what is being looked up. @returns false where something typed is not added yet */
    settle: async (): Promise<boolean> => {
      await queue.current;
      setLeft(text.trim() !== '');
      return text.trim() === '';
    },
  };
}
