/** Nouns for what one person is, whether or not a name follows. Loads nothing else: whoever asks for a topic needs them. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Before or instead of a name. */
export const TITLES = set(
  `mr mrs ms miss dr sir dame lord lady prof professor president vice-president sen senator rep representative gov governor judge
  justice gen general col colonel capt captain lt lieutenant sgt sergeant maj major adm admiral secretary minister premier chancellor mayor king queen
  prince princess pope rev reverend bishop archbishop cardinal imam rabbi congressman congresswoman speaker ambassador commissioner
  sheriff chief chairman chairwoman chair director coach manager captain attorney deputy councillor councilman councilwoman
  const constable inspector superintendent detective officer taoiseach`,
);

/** Nouns for what one person is. */
export const PERSON = set(
  `spokesman spokeswoman spokesperson adviser advisor aide official candidate nominee leader analyst expert strategist consultant
  lawyer lawmaker legislator politician economist scientist researcher author historian professor doctor physician surgeon nurse teacher
  pollster host anchor reporter journalist columnist commentator editor critic supporter opponent backer donor activist advocate
  organizer organiser founder owner executive ceo cfo director head boss president trader investor strategist
  man woman mother father son daughter wife husband brother sister friend neighbour neighbor resident witness victim suspect
  driver farmer worker student voter player striker goalkeeper defender midfielder batsman bowler skipper coach manager trainer jockey
  prosecutor investigator detective policeman officer constable soldier veteran source insider whistleblower contractor
  mp mep msp co-host co-chair co-founder co-owner co-author co-director star actor actress singer writer filmmaker producer winner champion astronomer biologist chemist physicist geologist
  governor mayor senator congressman congresswoman representative secretary minister president commissioner ambassador judge chairman
  chairwoman chief general attorney counsel diplomat envoy delegate superdelegate emcee moderator interviewer operative`,
);

/** Does the word say what somebody is: "president", "spokesman"? */
export const saysRole = (word: string): boolean => TITLES.has(word) || PERSON.has(word);
