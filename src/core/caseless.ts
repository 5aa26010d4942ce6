/** What two spellings of one name have in common that differ only in capitals, spaces or Unicode form. */
export function caseless(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC').replace(/\s+/g, ' ').trim();
}
