/** The result of one check. */
export type Finding =
  | { status: 'passed'; subject: string; detail: string }
  /** @property change what to change, exactly, and where */
  | { status: 'to do'; subject: string; detail: string; change: string }
  | { status: 'cannot be checked'; subject: string; detail: string };

export const passed = (subject: string, detail: string): Finding => ({ status: 'passed', subject, detail });

export const toDo = (subject: string, detail: string, change: string): Finding => ({
  status: 'to do',
  subject,
  detail,
  change,
});

export const notChecked = (subject: string, detail: string): Finding => ({
  status: 'cannot be checked',
  subject,
  detail,
});
