/** Goes up whenever a rule or a weight changes: stored articles with another version are analysed again. */
export const ENGINE = 'analysis-5';
