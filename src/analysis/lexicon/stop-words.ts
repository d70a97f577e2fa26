/** Words that say nothing of what a text is about. Lower case, straight apostrophes left out ("dont"). */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above across after again against all almost alone along already also although always am among an and another any anybody
  anyone anything anywhere are aren't around as at away back be became because become becomes been before began behind being below
  besides between beyond both but by came can can't cannot come could couldn't did didn't do does doesn't doing don't done down during
  each either else enough especially even ever every everybody everyone everything everywhere except far few for former from further
  gave get gets getting give given gives go goes going gone got had hadn't has hasn't have haven't having he he'd he'll he's hence her
  here here's hers herself him himself his how how's however i i'd i'll i'm i've if in indeed inside instead into is isn't it it's its
  itself just keep kept knew know known knows last later least less let let's like likely made make makes making many may maybe me mean
  meanwhile might mine more moreover most mostly much must mustn't my myself near nearly need needs neither never nevertheless next no
  nobody none nor not nothing now nowhere of off often on once one ones only onto or other others our ours ourselves out outside over
  own per perhaps put quite rather really said same saw say saying says see seem seemed seems seen several shall she she'd she'll she's
  should shouldn't since so some somebody someone something sometimes somewhere still such take taken takes taking tell tells than that
  that's the their theirs them themselves then there there's thereby therefore these they they'd they'll they're they've thing things
  think this those though through throughout thus till to together told too took toward towards two under until up upon us use used
  using very via want wants was wasn't way we we'd we'll we're we've well went were weren't what what's whatever when whenever where
  whether which while who who's whoever whole whom whose why will with within without won't would wouldn't yes yet you you'd you'll
  you're you've your yours yourself mr mrs ms dr according added adding asked called told today yesterday tomorrow monday tuesday
  wednesday thursday friday saturday sunday`.split(/\s+/),
);
