/**
 * Kombo's names of fields that hrsync calls otherwise, and the HR field to write:
 * https://docs.kombo.dev/hris/v1/get-employees
 */
export const NAMES: Readonly<Record<string, string>> = {
  manager_id: 'manager',
  display_full_name: 'display_name',
  employment_status: 'status',
  hire_date: 'start_date',
  hired_at: 'start_date',
  work_location_id: 'work_location',
  legal_entity_id: 'legal_entity',
  cost_centers: 'cost_center',
  supervisor: 'manager',
};
