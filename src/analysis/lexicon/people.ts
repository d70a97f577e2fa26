/** Words that tell a person's gender, office, kinship or namelessness. */
const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Titles and nouns that only men, or only women, carry. */
export const MALE = set(
  `mr sir lord king prince duke baron pope father brother son husband grandfather grandson uncle nephew dad man boy gentleman
  spokesman chairman congressman councilman businessman salesman policeman fireman fisherman actor waiter boyfriend widower
  statesman anchorman cameraman ombudsman headmaster stepfather fiancé rapper-husband archbishop bishop imam rabbi priest sheikh`,
);
export const FEMALE = set(
  `mrs ms miss dame lady queen princess duchess baroness mother sister daughter wife grandmother granddaughter aunt niece mom mum
  woman girl spokeswoman chairwoman congresswoman councilwoman businesswoman saleswoman policewoman actress waitress girlfriend
  widow anchorwoman headmistress stepmother fiancée nun mayoress`,
);

/** First names that lists give to both, and that mostly men, or mostly women, have: "Tim", "Tony"; "Ashley", "Jo". */
export const MOSTLY_MALE = set(
  `adrian alfie augustine austin barry bennie benny bernie bert bill billy bobby brett brooks cal cecil chad christian clem cody
  constantine corey cory dale danny darryl daryl dean demetris denny donnie donny dorian eddie eddy frank franky fred freddie freddy
  gabriel gene george glen glenn gus heath ira jerry joey karel kellen kip kyle leland lonnie lou marty max merrill nat noel ollie
  paulie perry phil quentin ray reggie ricky robbie robby ronnie rory sammy sean shane shaun shawn ted teddy theo tim timmy toby
  tommie tommy tony valentine vin vinnie wally willie willy`,
);
export const MOSTLY_FEMALE = set(
  `abbey abbie abby addie allie andrea angie ashley bev billie brandy britt brooke carly caryl cassie christie christy claire clare
  erin esme evelyn fran frannie gail gale gayle geri ginger grace hazel hilary hillary holly inger jo jodi jodie kelsey kiley kylie
  lauren laurie lesley lorrie maddie mallory mattie meredith paige patsy pattie patty pennie penny regan ruby saundra shelley
  simone stacey stacy tammie tammy tracey whitney`,
);

/** Courtesy titles: they lead a name and are no role. */
export const COURTESY = set('mr mrs ms miss sir dame lord lady dr mx messrs hon');

/** Nouns of kinship: "his father" is somebody of the article, or nobody we can name. */
export const KIN = set(
  `father mother brother sister son daughter husband wife uncle aunt cousin nephew niece grandfather grandmother grandson
  granddaughter parent parents family widow widower fiancé fiancée stepfather stepmother dad mom mum twin partner girlfriend boyfriend`,
);

/** Party and group words that stand before a name as a role ("Democrat Ana López"). */
export const MEMBERSHIPS = set(
  `democrat republican independent libertarian conservative tory labour liberal socialist progressive democratic gop author activist
  native veteran billionaire mogul tycoon businessman businesswoman superstar rapper singer legend great icon`,
);

/** Lower-case nouns that stand before a title in capitals: "club President", "interim Mayor". */
export const BEFORE_TITLES = set(
  `interim incumbent freshman veteran longtime junior senior fellow ex vice state city county town village borough parish district
  school college faculty campus hospital church fire park band choir student tribe province region army navy`,
);

/** First of the two fields that an office is named by: "Health and Human Services Secretary". */
export const FIELDS_OF_OFFICE = set(
  `health housing oversight education energy ways work business culture science customs trade finance foreign agriculture commerce
  labor labour environment justice interior transport transportation planning water parks arts sport sports media technology
  innovation immigration security research development safety rules homeland forestry fisheries tourism youth women family
  families children community communities social economy industry mines resources climate`,
);

/** Titles as printed before a name to the office of the gazetteer; a value ending in "*" is a prefix ("governor of ohio"). */
export const OFFICES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    president: 'president',
    'vice president': 'vice president',
    'vice-president': 'vice president',
    'prime minister': 'prime minister',
    pm: 'prime minister',
    premier: 'premier*',
    chancellor: 'chancellor',
    senator: 'senator',
    sen: 'senator',
    sens: 'senator',
    representative: 'representative',
    rep: 'representative',
    reps: 'representative',
    congressman: 'representative',
    congresswoman: 'representative',
    governor: 'governor*',
    gov: 'governor*',
    mayor: 'mayor*',
    justice: 'justice',
    'chief justice': 'chief justice',
    'attorney general': 'attorney general',
    'secretary of state': 'secretary of state',
    'foreign minister': 'foreign minister',
    'foreign secretary': 'foreign secretary',
    'home secretary': 'home secretary',
    'shadow home secretary': 'shadow home secretary',
    'defense secretary': 'defense secretary',
    'defense minister': 'defense minister',
    'treasury secretary': 'treasury secretary',
    'homeland security secretary': 'homeland security secretary',
    'press secretary': 'press secretary',
    'secretary general': 'secretary general',
    'secretary-general': 'secretary general',
    'first lady': 'first lady',
    'fed chair': 'fed chair',
    'fed chairman': 'fed chair',
    'fbi director': 'fbi director',
    'cia director': 'cia director',
    'supreme leader': 'supreme leader',
    'first minister': 'first minister',
    'crown prince': 'crown prince',
    speaker: 'house speaker',
    'house speaker': 'house speaker',
    pope: 'pope',
  }),
);

/** Professions and posts beyond those of `roles.ts`: nouns that say what somebody is. */
export const PROFESSIONS = set(
  `astronaut cosmonaut pilot commander navigator engineer architect builder carpenter plumber electrician mechanic technician
  accountant auditor banker broker economist lender landlord tenant shopkeeper trader grocer baker butcher chef cook waiter
  fisherman fisherwoman farmer grower rancher shepherd forester gardener ranger warden guard
  solicitor barrister magistrate clerk registrar notary bailiff juror litigant plaintiff claimant defendant
  paramedic midwife pharmacist dentist psychologist psychiatrist therapist epidemiologist virologist immunologist cardiologist
  oncologist pediatrician paediatrician veterinarian vet ecologist geneticist chemist botanist zoologist oceanographer
  meteorologist climatologist seismologist volcanologist mathematician statistician linguist philosopher theologian sociologist
  anthropologist archaeologist geographer librarian curator archivist lecturer dean provost rector headteacher principal
  superintendent trustee treasurer chairperson chair vice-chair president-elect governor-elect mayor-elect councillor councilor
  alderman lawmaker assemblyman assemblywoman peer undersecretary permanent-secretary commissioner-general comptroller
  ombudsman whip backbencher frontbencher staffer speechwriter strategist pollster fundraiser lobbyist campaigner organiser
  rapper frontman frontwoman drummer guitarist pianist violinist cellist composer conductor songwriter choreographer dancer sculptor painter
  photographer illustrator cartoonist poet playwright screenwriter blogger podcaster youtuber influencer streamer
  footballer cricketer sprinter swimmer cyclist gymnast golfer boxer wrestler skier skater rower sailor surfer climber
  quarterback linebacker receiver pitcher catcher shortstop goalie winger forward fullback captain skipper umpire referee
  bishop vicar pastor priest nun monk imam rabbi chaplain cleric preacher
  sergeant corporal lieutenant colonel brigadier marshal cadet marine paratrooper sniper gunner
  hostage refugee migrant asylum-seeker survivor bystander passer-by commuter passenger cyclist pedestrian motorist
  pensioner retiree widow widower orphan twin cousin neighbour neighbor flatmate classmate
  entrepreneur industrialist financier venture-capitalist shareholder investor landowner homeowner businessman businesswoman
  co-founder cofounder co-author coauthor co-owner co-chair vice-president ex-president shadow-minister`,
);
