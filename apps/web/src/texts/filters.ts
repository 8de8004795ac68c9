import { glossary } from './glossary.ts';

/** Of the filters of lists of what people did. */
export const filterTexts = {
  label: 'Filters',
  who: glossary.person,
  anyPerson: 'Any person',
  unknownActor: 'The person in the URL',
  from: 'From day',
  to: 'To day',
  clear: 'Clear filters',
};
