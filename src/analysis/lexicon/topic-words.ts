/** Words that make no topic: a reader would not look for them, and an editor would not list them. Lower case, singular. */

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Nouns that say nothing by themselves, and make no topic as the last word of a phrase either ("senior officials"). */
export const emptyNouns = list(`
  ability access account act action activity addition adult advance advantage adviser advisor affair afternoon age agency agenda agent
  agreement aide aim air ally amount analysis analyst anniversary announcement answer anyone appearance approach area argument arm article
  aspect assistance associate assumption attempt attendee attention attitude audience author authority autumn average background bar base
  basis batch beat beginning behalf behavior behaviour belief benefit bit block board body bottom boy break briefing brother bunch
  business buyer call caller candidate capacity care career case category cause center central centre century ceremony chair chairman
  chairwoman challenge chance change chapter character charge chief child choice circle circumstance citizen city claim class clear
  client co-worker coach code colleague collection comment commentary commentator commitment committee community company comparison
  complaint component comprehensive concern conclusion condition conduct conference confidence consequence consideration contact content
  context contrast control controversy conversation copy core corner correspondent cost council counterpart country county couple course
  coverage crew critic criticism crowd culture customer damage data date daughter day deal dealer dealing debate decade decision
  declaration degree delay demand department deputy description detail development difference difficulty direction director discussion
  district division doctor document dollar door doubt draft drive driver duty earlier edge edition editor effect effort element email
  emphasis employee end ending engagement enough entry episode era error estimate evening event evidence example exception exchange
  executive existence expectation experience expert explanation expression extent eye face fact factor failure fall family fan father
  favor favour feature feeling field fight figure file filing final finding fire first floor focus follower following force form
  foundation founder framework friday friend front function future gap general generation gentleman girl goal good government governor
  grip ground group growth guest guidance guideline guy half hall hand handful head headline headquarter hearing heart height help
  history holder home hope host hour house household husband idea image impact implication importance impression incident increase
  individual industry information initiative inside insider instance institution intention interest interview introduction investigator
  investor involvement issue item job journalist judgment junior justice key kid kind knowledge lack lady language law lawmaker lawyer lead
  leader leadership league learning legislator legislature length letter level life light line link list little location long look lot
  maker male female majority man management manager manner mark market mass master match material matter mayor meaning means measure
  mechanism media meeting member memo mention message method middle mile mind minister ministry minority minute mistake mix model mom moment
  monday money month mood morning mother motion move movement name nation national nature nearby need negotiator neighbor neighborhood
  neighbour network news newspaper night nominee noon note notice notion number objective observer occasion offer office officer
  official ones operation opinion opponent opportunity opposite opposition option order organization organisation organizer origin other
  outcome outlet outline outrage outset outside overview owner pace pack package page paper paragraph parent part participant participation
  partner party passage past path patient pattern pause payment peer people percent percentage period person personnel perspective phase phone
  photo photograph phrase picture piece place plan platform play player plenty point police policy politician politics poll pool portion
  position possibility post potential power practice predecessor preparation presence present president press pressure priority problem
  procedure process product production professor program programme progress project promise proof proposal prosecutor protection
  provision public publication purpose pursuit push quality quarter question quote race range rank rate reach reaction reader reading
  reality reason recent reception recognition recommendation record reduction reference reform regard region regulator relation
  relationship release remark reminder report reporter representative republic reputation request requirement research researcher
  resident resource respect response responsibility rest restriction result return review right rise risk role room root round route row
  rule rumor rumour run saturday say scale scenario scene schedule school scope season seat second secretary section sector seller senator
  sense sentence series service session set setting shape share she shift show side sight sign signal significance similarity sister site
  situation size skill society solution someone son song sort source space speaker spectrum speculation speech speed spirit spokesman
  spokesperson spokeswoman spot spring staff staffer stage stake stance stand standard standpoint star start state statement station
  statistic status step stock stop story strategist strategy street strength stretch student study stuff style subject success such suggestion
  summer sunday supply support supporter surprise survey system table tactic talk target task team teacher tear teen tenure term testimony
  text thanks theme theory thing think third thought threat thursday tie time times title today tomorrow ton tone tool top topic total
  touch tough town track tradition trail transcript transition trend trip trouble truth try tuesday turn tweet type understanding unit update
  use user value variety version victim video view viewer viewpoint violation vision visit visitor voice vote voter wake walk wall warning watch
  wave way wednesday week weekend weight west whole wife wing winner winter wish witness woman word work worker world worth writer year
  yesterday youth zone north south east afterward announcement thousand hundred million billion trillion dozen cent pct percentage-point
  guess bet drop push pull hit pick cut boost jump bid fee trading session shareholder vice-president spokesmen mln dlrs dlr bln shr qtr
  net rev stg tonne lb oct nov dec sept aug jan feb mar apr jun jul newsletter subscriber contributor advertisement caption inbox
  connection pain baby drunk allegation victory probe verdict amendment applicant resurgence judge bench bit blow sake scandal taste
  bankruptcy-court loved-one one-on-one
  land sea book panel front-runner frontrunner clip chamber website dinner lunch breakfast deadline stakeholder nobody everyone everybody anybody
  somebody someone something nothing everything anything norm shot check possession regime counsel delegate candidate index advocate
  economist observer correspondent spokespeople folk neighbor passenger supporter follower ex-husband ex-wife husband wife mandate
  asset attorney bag balance banker broker certificate consumer crop death deposit donor facility flow forecast game lawsuit output
  plant population revenue sale shipment split suit surplus trader volume yield activist re-election freedom
  barrel bushel ounce acre hectare gallon litre liter kilo kilogram pound foot inch bpd lbs metre meter kilometre kilometer yard
  tie-breaker spotlight lawn podium stage backdrop hometown hallway website webpage podcast blog hashtag episode
`);

/** Nouns that are no topic alone but may end one ("drug war", "fuel tax", "land strikes", "border wall", "health care law"). */
export const lightNouns = list(`
  act agreement bill campaign care case control crisis cut deal debate fight fire force job law market measure money operation plan policy
  poll power price program project protection race rate reform right rule school service state strike summit supply support system talk
  target tax trade vote voter wall worker school shooting investigation hearing election convention nomination nominee trial rally
  attack threat budget department speech wave change cost growth product industry violation reform operation resolution worker benefit
  asset attorney balance consumer crop death deposit donor facility flow forecast game lawsuit output plant population revenue sale shipment split surplus volume yield activist banker broker trader
  land sea stock relation cut standard demand fee crime record report inquiry ban aid action theory order student victim vote access
`);

/** Words in front of a phrase that a topic is better without. */
export const emptyModifiers = list(`
  vs versus
  able actual additional aforementioned alleged ambitious annual apparent available average bad basic beautiful best better big bigger biggest
  bold brief broad broader certain clear close closer common complete complex considerable constant controversial corresponding couple crucial
  current daily dangerous dead deep deeper different difficult dramatic due earlier early easier easy effective enormous entire essential
  everyday evident exact excellent exclusive existing extensive extra extraordinary extreme familiar famous far fast few final fine first
  following former fresh full fundamental further future giant given good great greater greatest growing half happy hard heavy high higher
  highest historic huge immediate immense important impossible incoming incredible individual initial key known large larger largest last
  late later latest least legitimate less lesser likely little long longer longtime longstanding low lower lowest main major many massive
  maximum mere minimum minor modest monthly more most multiple much necessary new newest next nice normal numerous obvious occasional odd
  old older oldest one only open ordinary original other others outgoing outside overall own particular partial past perfect personal
  plain popular positive possible potential powerful preliminary present previous primary prime prior private probable proper proposed
  prominent quick quiet rare raw ready real recent regular related relevant remaining remarkable respective rich right rough same second
  senior separate serious several severe sharp short shorter significant similar simple single slight slow small smaller smallest so-called
  sole solid some special specific steady strict strong stronger subsequent substantial successful such sudden sure surprising third tiny
  top total tough true typical unable unclear unique unlikely unprecedented unusual upcoming urgent usual various vast very weak
  lengthy automatic so-called weekly well whole wide wider wonderful wrong yearly young younger youngest u.s us american next-day top-level day-to-day long-term
`);

/** Names that stand in nearly every article, or name who reports rather than what is reported. Folded. */
export const emptyNames = list(`
  us u.s usa america american washington congress
  reuters ap afp upi cnn nbc abc cbs bbc npr msnbc cnbc bloomberg politico axios vox breitbart buzzfeed newsmax oann getty newsweek
  hide close advertisement d.c dc senate house gop r d
  twitter facebook instagram youtube tiktok telegram whatsapp google x vpc pbs usa-today slate salon huffpost
`);
/** Words that name nothing by themselves, though print gives them a capital. Folded. */
export const emptyNameWords = list(`
  inc ltd corp plc bank union university health safe social green black white independent trauma freedom intelligence enemy journal fox justice court press
  times post republic party state states department institute foundation center centre college school act bill amendment constitution
  capitol internet web god christmas easter thanksgiving north south east west midwest northeast northwest southeast southwest judiciary
  treasury committee commission council agency bureau office ministry parliament cabinet security defense defence education labor labour
  energy commerce interior administration democrat republican democratic conservative liberal progressive tory left right nation world
  earth day week today tonight tomorrow yesterday study report poll survey chairman speaker leader majority minority whip islamic christian
  muslim jewish catholic american european asian african russian chinese french german british english spanish mexican canadian israeli
  iranian iraqi syrian korean japanese indian turkish ukrainian hispanic latino latina twitter tweet photo video image read more related
  click subscribe obstruction contempt hotel airport park street avenue road bridge river lake bay island mountain valley beach
`);
/** Names of two letters that a reader looks for; others are postal codes and initials. */
export const shortNames = list('eu un uk ai g7 g8 wto who bp gm ge');

export const emptyNamePhrases: ReadonlySet<string> = new Set([
  'oval office',
  'capitol hill',
  'west wing',
  'rose garden',
  'air force one',
  'pennsylvania avenue',
  'state of the union',
  'daily beast',
  'the daily beast',
  'daily mail',
  'daily telegraph',
  'financial times',
  'huffington post',
  'business insider',
  'mother jones',
  'boston globe',
  'chicago tribune',
  'christian science monitor',
  'national public radio',
  'new york post',
  'new yorker',
  'the new yorker',
  'the atlantic',
  'the economist',
  'bbc news',
  'al jazeera',
  'breitbart news',
  'meet the press',
  'face the nation',
  'fox news channel',
  'fox news sunday',
  'politico caucus',
  'means committee',
  'human services',
  'dow jones',
  'agence france presse',

  'united states',
  'united states of america',
  'white house',
  'associated press',
  'fox news',
  'fox business',
  'new york times',
  'the new york times',
  'washington post',
  'the washington post',
  'wall street journal',
  'the wall street journal',
  'usa today',
  'nbc news',
  'abc news',
  'cbs news',
  'sky news',
  'npr news',
  'los angeles times',
  'washington times',
  'washington examiner',
  'daily caller',
  'national review',
  'the hill',
  'the guardian',
  'getty images',
  'truth social',
  'getty',
]);
