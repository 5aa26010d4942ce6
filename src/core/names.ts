/** Letters whose usual Latin spelling is not what is left once the marks are taken off, with every spelling in use. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  ä: ['ae', 'a'],
  ö: ['oe', 'o'],
  ü: ['ue', 'u'],
  å: ['aa', 'a'],
  æ: ['ae', 'a'],
  ø: ['oe', 'o'],
  œ: ['oe', 'o'],
  ß: ['ss', 's'],
  ð: ['d', 'dh'],
  þ: ['th', 't'],
  ł: ['l'],
  đ: ['d', 'dj'],
  ħ: ['h'],
  ı: ['i'],
  ŋ: ['ng', 'n'],
};

/** Words that stand in many names and tell nobody apart. */
const PARTICLES = new Set(
  'al and bin da das de del della der des di do dos du el et ibn la le of the und van von y zu zum zur'
    .split(' ')
    .concat('dr prof mr mrs ms herr frau dipl ing jr sr ii iii'.split(' ')),
);

/** Names longer than this are compared by their beginning only. */
const LONGEST = 200;
const MOST_WORDS = 12;
const MOST_SPELLINGS = 8;

/**
 * Whether an account could belong to an employee by their names: one word of a name must agree, in any order. Accents,
 * capitals, hyphens and the spelling in Latin letters (Müller, Mueller, Muller) make no difference; initials, titles and
 * particles (von, de) never agree by themselves. An account without names agrees with everybody; an employee without
 * names agrees only with such an account, or an HR record could be emptied to get at any account.
 */
export function namesAgree(employee: readonly string[], account: readonly string[]): boolean {
  if (account.every((name) => wordsOf(name).length === 0)) return true;
  const known = keysOf(employee);
  for (const key of keysOf(account)) if (known.has(key)) return true;
  return false;
}

/** Every spelling of every word that can tell somebody apart, and of the words of each name written as one. */
function keysOf(names: readonly string[]): ReadonlySet<string> {
  const keys = new Set<string>();
  const cut = names.map((name) => wordsOf(name));
  for (const words of cut) {
    for (const word of words) for (const key of spellingsOf(word)) if (tellsApart(key)) keys.add(key);
    for (const key of spellingsOf(words.join(''))) if (tellsApart(key)) keys.add(key);
  }
  // Names in scripts without spaces stand as one word in one system and as two in another, in either order.
  const whole = cut.map((words) => words.join(''));
  if (whole.length > 1 && whole.some((word) => !LATIN.test(word)))
    for (const word of [whole.join(''), whole.toReversed().join('')]) keys.add(plain(word));
  return keys;
}

const LATIN = /\p{Script=Latin}/u;

function wordsOf(name: string): readonly string[] {
  const words =
    name
      .slice(0, LONGEST)
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.slice(0, MOST_WORDS);
}

/** The spellings of a word without marks: `müller` gives `mueller` and `muller`. */
function spellingsOf(word: string): readonly string[] {
  let spellings = [''];
  for (const letter of word.normalize('NFC')) {
    const ways = Object.hasOwn(SPELLINGS, letter) ? (SPELLINGS[letter] ?? []) : [plain(letter)];
    const longer = ways.flatMap((way) => spellings.map((start) => start + way));
    // Each way once more is enough to agree by one of them; all mixtures of many letters would not end.
    spellings =
      longer.length <= MOST_SPELLINGS ? longer : spellings.map((start, at) => start + (ways[at % ways.length] ?? ''));
  }
  return spellings;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

// One Latin letter is an initial; one letter of other scripts may be a whole name.
function tellsApart(key: string): boolean {
  if (key === '' || PARTICLES.has(key)) return false;
  return key.length > 1 || !LATIN.test(key);
}
