/** What is shown where a form goes on with what was entered before. */
export const draftTexts = {
  restored: (when: string) => `You entered this ${when} and did not save it.`,
  startOver: 'Start over',
};
