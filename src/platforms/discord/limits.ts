/** Discord's published limits, as data. Characters are UTF-16 units: never more than what Discord counts. */
export const limits = {
  /** Components V2: all components of a message, nested ones counted; components/reference. */
  components: 40,
  /** Components V2: characters over all text displays of a message; components/reference. */
  characters: 4000,
  /** Rows of a message without Components V2, and buttons in a row; components/reference. */
  rows: 5,
  buttonsInRow: 5,
  buttonLabel: 80,
  customId: 100,
  /** Link buttons; components/reference. */
  url: 512,
  menuChoices: 25,
  menuLabel: 100,
  menuValue: 100,
  menuPlaceholder: 150,
  /** Forms (modals): components/reference. */
  formFields: 5,
  formTitle: 45,
  formLabel: 45,
  formDescription: 100,
  formPlaceholder: 100,
  formValue: 4000,
  /** Autocomplete; interactions/application-commands. */
  suggestions: 25,
  suggestionLabel: 100,
  suggestionValue: 100,
  commandDescription: 100,
  commandChoices: 25,
  /** One embed's description; resources/message. */
  embedDescription: 4096,
  embedFooter: 2048,
  threadName: 100,
  /** A message's nonce; resources/message. */
  nonce: 25,
  history: 100,
} as const;

/** Component types; components/reference. */
export const component = {
  row: 1,
  button: 2,
  menu: 3,
  input: 4,
  channelMenu: 8,
  section: 9,
  text: 10,
  separator: 14,
  container: 17,
  label: 18,
} as const;

/** Message flags; resources/message. */
export const flag = { suppressEmbeds: 1 << 2, ephemeral: 1 << 6, componentsV2: 1 << 15 } as const;
