/** A number with its thousands set apart: "18,000". */
export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}

/** "1 employee", "412 employees", "20,000 employees". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}
