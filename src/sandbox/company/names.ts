import type { Random } from './random.js';

/** A name as written, and its ASCII form where taking off the accents would not give one. */
type Name = string | readonly [written: string, ascii: string];

interface Culture {
  /** How many of a hundred people come from here. */
  readonly weight: number;
  readonly female: readonly Name[];
  readonly male: readonly Name[];
  readonly last: readonly Name[];
}

const cultures: readonly Culture[] = [
  {
    weight: 45,
    female: ['Anna', 'Jördis', 'Käthe', 'Lena', 'Mareike', 'Sophie', 'Änne', 'Heike', 'Friederike', 'Anna-Lena'],
    male: ['Jürgen', 'Lukas', 'Götz', 'Matthias', 'Björn', 'Stefan', 'Jörg', 'Karl-Heinz', 'Tobias', 'Uwe'],
    last: ['Müller', 'Schäfer', 'Groß', 'Weiß', 'Köhler', 'Krüger', 'von der Heide', 'Schmidt', 'Böhm', 'Lang-Hübner'],
  },
  {
    weight: 18,
    female: ['Olivia', 'Siobhán', 'Grace', 'Zoë', 'Mary Jane', 'Chloe'],
    male: ['James', "D'Arcy", 'Seán', 'William', 'Rhys', 'Oscar'],
    last: ["O'Connor", 'Smith', 'Smith-Jones', 'MacLeod', 'Taylor', 'Ní Bhriain', 'Walker'],
  },
  {
    weight: 14,
    female: ['Chloé', 'Inês', 'Lucía', 'Giulia', 'Françoise', 'Begoña'],
    male: ['François', 'João', 'José María', 'Nicolò', 'Raphaël', 'Iñaki'],
    last: ['Lefèvre', 'García Márquez', 'da Conceição', 'Núñez', "D'Angelo", 'Gonçalves', 'Peña'],
  },
  {
    weight: 13,
    female: ['Agnieszka', 'Żaneta', 'Zsófia', 'Åsa', 'Şebnem', 'Kateřina'],
    male: ['Łukasz', 'Bjørn', 'Gülçin', 'Ørjan', 'Jiří', 'İbrahim'],
    last: ['Wójcik', 'Dvořák', 'Szabó', 'Østergård', 'Yıldız', 'Łętowska', 'Đorđević', 'Ångström'],
  },
  {
    weight: 4,
    female: [
      ['Ελένη', 'Eleni'],
      ['Μαρία', 'Maria'],
    ],
    male: [
      ['Γιώργος', 'Giorgos'],
      ['Νίκος', 'Nikos'],
    ],
    last: [
      ['Παπαδόπουλος', 'Papadopoulos'],
      ['Αγγελίδης', 'Angelidis'],
    ],
  },
  {
    weight: 4,
    female: [
      ['Оксана', 'Oksana'],
      ['Юлия', 'Yuliya'],
    ],
    male: [
      ['Дмитрий', 'Dmitriy'],
      ['Сергій', 'Serhiy'],
    ],
    last: [
      ['Шевченко', 'Shevchenko'],
      ['Ковальчук', 'Kovalchuk'],
      ['Щербак', 'Shcherbak'],
    ],
  },
  {
    weight: 2,
    female: [
      ['美咲', 'Misaki'],
      ['秀英', 'Xiuying'],
    ],
    male: [
      ['健太', 'Kenta'],
      ['伟', 'Wei'],
    ],
    last: [
      ['佐藤', 'Sato'],
      ['王', 'Wang'],
      ['김', 'Kim'],
    ],
  },
];

/** A person's name, with what stands for it in an e-mail address. */
export interface MadeUpName {
  readonly first: string;
  readonly last: string;
  readonly gender: 'female' | 'male';
  /** `first.last`, lower case, ASCII letters, digits, dots and hyphens only. */
  readonly address: string;
}

/** Makes up one name; names repeat, as they do. */
export function makeName(random: Random): MadeUpName {
  const culture = pickCulture(random);
  const gender = random.chance(0.5) ? 'female' : 'male';
  const first = random.pick<Name>(culture[gender]);
  const last = random.pick<Name>(culture.last);
  return { first: written(first), last: written(last), gender, address: `${ascii(first)}.${ascii(last)}` };
}

/** A text as it may stand before the @ of an address: Müller becomes mueller, Dvořák dvorak. */
function addressPart(text: string): string {
  const spelled = text.toLowerCase().replace(/[äöüßøæœłđı]/g, (letter) => spellings[letter] ?? '');
  const plain = spelled.normalize('NFD').replace(/[^a-z0-9 -]/g, '');
  return plain.trim().replaceAll(' ', '-') || 'person';
}

const spellings: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

function pickCulture(random: Random): Culture {
  let left = random.integer(0, 99);
  const found = cultures.find((culture) => {
    left -= culture.weight;
    return left < 0;
  });
  return found ?? random.pick(cultures);
}

function written(name: Name): string {
  return typeof name === 'string' ? name : name[0];
}

const asciiForms = new Map<Name, string>();

function ascii(name: Name): string {
  const known = asciiForms.get(name);
  if (known !== undefined) return known;
  const form = addressPart(typeof name === 'string' ? name : name[1]);
  asciiForms.set(name, form);
  return form;
}
