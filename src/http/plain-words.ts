/** What a request said, as far as it tells whether an answer repeats it. Values may be personal data: they are for comparing alone. */
export interface Sent {
  /** Names of fields: those of the mapping, mostly. */
  readonly names: readonly string[];
  readonly values: readonly string[];
}

export const NOTHING_SENT: Sent = { names: [], values: [] };

/** Words of validation messages. Whatever else a sentence holds may be about somebody. */
const VOCABULARY: ReadonlySet<string> = new Set(
  `a an and any api app are as at be been before but by can cannot could do does else for from had has have if in into is isn it its
  may must no none not of on one only or other same so some than that the their then there these they this those to too was were
  when where which with within without you your t s
  accepted access account accounts action active admin administrator admins allow allowed already another application are
  array assigned attribute attributes authentication authorised authorization authorized bad belongs blank body boolean both because
  call calls change changed changes character characters choice choices client closed code column company conflict connect contact contain contains
  could create created creation credentials custom data date day days deactivate deactivated default deleted denied
  disabled does domain due duplicate duplicated each email empty enabled entity entry error errors exceed exceeded exceeds exist
  existing exists expected expired external failed feature field fields find followed following forbidden form format found
  full future given greater group groups header held id identifier ids implemented included inclusion incorrect input
  inserted insufficient integer internal invalid invitation invite invited invites item key keys language large later learner learners least length
  less letters licence licences license licenses limit list locked login long lower mail mails manager match matches maximum mentioned message
  method minimum missing mode month more most multiple mutually exclusive name names need needed needs new null number numbers object
  old operation option options order organisation organization owner param parameter parameters parent parse past password
  path payload pending permission permissions permitted person phone plan platform please policy portal present privileges
  process processed processing profile property provide provided quota rate read reached record records refused rejected removed
  request requests require required requires reserved resource restricted result right rights role roles route save saved
  scope scopes seat seats self server service set short should size space specified start state status string strong sub subdomain subscription
  such supplied support supported syntax system taken team teams temporarily text time token twice type types unable unauthorized
  unavailable unexpected unique unit unknown unprocessable unsupported update updated upgrade url used user username
  usernames users uses using valid validation
  center centre city cost country department end first gender hire ids integration job last level location occupation office
  primary secondary surname termination title your value values version weak web page went wrong year zone`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const LONGEST = 300;
/** A longer number may be a year, a telephone number or an id. */
const LONGEST_NUMBER = 3;
/** A shorter part of a value, in characters, is part of many words. */
const SHORTEST_PART = 3;
const COMMON: ReadonlySet<string> = new Set(['and', 'der', 'die', 'for', 'the', 'und', 'von']);

/**
 * Whether a far end's sentence can be shown to anybody: nothing but the words of validation messages, the names of fields
 * that were sent, and small numbers; and nothing of the values that were sent.
 */
export function isPlain(text: string, sent: Sent): boolean {
  if (text.length > LONGEST) return false;
  const names = new Set(sent.names.flatMap(partsOf));
  const values = new Set(
    sent.values.flatMap(partsOf).filter((part) => part.length >= SHORTEST_PART && !COMMON.has(part)),
  );
  return partsOf(text).every((part) => {
    if (values.has(part)) return false;
    if (/^\d+$/.test(part)) return part.length <= LONGEST_NUMBER;
    return VOCABULARY.has(part) || names.has(part);
  });
}

const LONGEST_CODE = 60;

/** Whether a text has the form of an error's code (`mailAlreadyUsed`, `invalid_scope`), and says nothing that was sent. */
export function isCode(text: string, { values }: Sent): boolean {
  if (text.length > LONGEST_CODE || !/^[a-z]+([A-Z][a-z]+)*$|^[a-z]+(_[a-z]+)*$/.test(text)) return false;
  const sent = new Set(values.flatMap(partsOf));
  return !partsOf(text.replaceAll('_', ' ')).some((part) => part.length >= SHORTEST_PART && sent.has(part));
}

/** The names of those fields that were sent and that a sentence speaks of. */
export function namedIn(text: string, { names }: Sent): readonly string[] {
  const spoken = ` ${partsOf(text.slice(0, LONGEST)).join(' ')} `;
  return [...new Set(names)].filter((name) => {
    const parts = partsOf(name);
    return parts.length > 0 && spoken.includes(` ${parts.join(' ')} `);
  });
}

/** The words and numbers of a text in small letters; camelCase and snake_case fall apart. */
function partsOf(text: string): readonly string[] {
  const parts = text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').match(/\p{L}+|\d+|[^\p{L}\d\p{P}\p{Z}\p{C}\p{S}]+/gu);
  return (parts ?? []).map((part) => part.toLowerCase());
}
