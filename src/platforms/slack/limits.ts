/** Slack's limits as data. Lengths are UTF-16 code units, which is never fewer than what Slack counts. */
export const limits = {
  message: {
    blocks: 50, // Block Kit reference, blocks
    /**
     * Characters of all blocks of a message as JSON. Slack answers `msg_blocks_too_long` near 13,200 characters, an
     * undocumented sum: with rich text it was met below 11,400 shown characters (bolt-js issues 2509 and 2867), so we
     * count all that we send and keep a margin.
     */
    json: 11_000,
    text: 3000, // ours; Slack cuts at 40,000, a lock screen shows about 150
    /** Uses of one `response_url` within 30 minutes. */
    responses: 5,
  },
  view: {
    blocks: 100, // modal and App Home reference
    title: 24,
    label: 24, // submit and close
    metadata: 3000,
  },
  header: 150, // plain text
  /** One rich text block or section. A section's text has 3,000; rich text has no stated limit, so it gets the same. */
  text: 3000,
  context: 3000,
  label: 75, // buttons and choices
  placeholder: 150,
  value: 2000, // what a button carries
  choices: 100,
  choiceValue: 150,
  /** Ours: 25 buttons fit in a block, five in one line on a desktop. */
  row: 5,
  /** Ours: 100 choices fit in a menu, but not in a message when they are long. */
  menu: 25,
  link: 3000,
  inputLabel: 2000,
  input: 3000,
} as const;
