/** "Employee #": free text that anybody in HR may edit, and not the id. */
export function employeeNumberOf(id: number): string {
  return `E-${id}`;
}
