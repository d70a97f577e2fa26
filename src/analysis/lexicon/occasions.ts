/** Words for days, and for the occasions and papers in which people say things. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

export const WEEKDAYS = set('monday tuesday wednesday thursday friday saturday sunday yesterday today tonight');
export const DAY_PARTS = set('morning afternoon evening night');
export const MONTH_NAMES = set(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec',
);

export const OCCASIONS = set(
  `interview statement letter speech rally debate conference briefing email e-mail tweet tweets post posts op-ed hearing hall appearance memo
  call message podcast broadcast address testimony editorial essay video meeting event ceremony court report filing tribunal
  twitter facebook instagram x telegram tiktok bluesky threads social`,
);

export const POST_WORDS = set(
  'tweet tweets tweeted tweeting retweeted retweet post posts posted posting twitter facebook instagram x telegram tiktok bluesky threads social',
);

export const WRITTEN_WORDS = set(
  `write writes wrote written writing statement letter email e-mail op-ed memo editorial essay report filing column book article
  blog blogged penned paper lawsuit complaint document documents study poll survey indictment ruling`,
);
