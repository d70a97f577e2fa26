/** Where a term of a story signature stands; a term may carry several of these. */
export const NAME = 1;
export const TITLE = 2;
export const LEAD = 4;
export const NUMBER = 8;
