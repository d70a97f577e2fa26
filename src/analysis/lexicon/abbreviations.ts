/** Short forms that keep their full stop. */

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Never end a sentence: a name or a number follows. */
export const ABBREVIATIONS = list(
  `mr mrs ms dr sen sens rep reps gov govs gen lt col maj sgt cpl pvt capt cmdr adm rev hon prof pres supt det insp messrs
  mt ft st no nos vs v fig sec art ed eds approx ret atty amb asst treas spc pfc brig mme mlle cf viz const ald cllr fr sr`,
);

/** Written with a capital or with inner stops; may end a sentence too. */
export const CAPITAL_ABBREVIATIONS = list(
  `inc corp co ltd llc plc bros jr esq etc ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss
  mo mont neb nev okla ore pa tenn tex va vt wash wis wyo ave blvd dept univ assn bldg est rd sq dist`,
);

export const MONTHS = list('jan feb mar apr jun jul aug sept sep oct nov dec');
