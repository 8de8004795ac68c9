/** The row of a statement that always gives one. @throws Error where it gave none: a fault of the program */
export function firstOf<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error('The statement gave no row.');
  return row;
}
