import type { Database } from './database.js';

/** What is remembered of linked people for the limits: who is left out, and in which unit HR last showed them. */
export function limitTables(database: Database) {
  const leftOut = database.prepare<[], string>('SELECT employee_id FROM left_out').pluck();
  const clearLeftOut = database.prepare('DELETE FROM left_out');
  const addLeftOut = database.prepare<[string]>('INSERT OR IGNORE INTO left_out VALUES (?)');
  const unitOf = database.prepare<[string], string>('SELECT unit FROM unit WHERE employee_id = ?').pluck();
  const countUnits = database.prepare<[], { unit: string; count: number }>(
    `SELECT unit, count(*) AS count FROM unit JOIN snapshot USING (employee_id) WHERE state = 'active' GROUP BY unit`,
  );
  const putUnit = database.prepare<[string, string]>('INSERT OR REPLACE INTO unit VALUES (?, ?)');
  const removeUnit = database.prepare<[string]>('DELETE FROM unit WHERE employee_id = ?');

  return {
    leftOut: (): ReadonlySet<string> => new Set(leftOut.all()),
    putLeftOut(ids: Iterable<string>): void {
      clearLeftOut.run();
      for (const id of ids) addLeftOut.run(id);
    },
    unitsOf(ids: readonly string[]): Map<string, string> {
      const units = new Map<string, string>();
      for (const id of ids) {
        const unit = unitOf.get(id);
        if (unit !== undefined) units.set(id, unit);
      }
      return units;
    },
    countUnits: (): Map<string, number> => new Map(countUnits.all().map(({ unit, count }) => [unit, count])),
    putUnit({ employeeId, unit }: { readonly employeeId: string; readonly unit: string | null }): void {
      if (unit === null) removeUnit.run(employeeId);
      else putUnit.run(employeeId, unit);
    },
  };
}
