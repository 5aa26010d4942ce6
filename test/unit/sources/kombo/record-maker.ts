/** One made-up person in the shape of `GET /hris/employees`; what is given is laid over it. */
export function person(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: '26vafvWSRmbhNcxJYqjCzuJg',
    remote_id: '1001',
    employee_number: '7',
    first_name: 'Mia',
    last_name: 'Adler',
    display_full_name: null,
    job_title: 'Engineer',
    work_email: 'mia.adler@acme.example',
    employment_status: 'ACTIVE',
    manager_id: null,
    start_date: '2020-04-07T00:00:00.000Z',
    termination_date: null,
    changed_at: '2026-11-01T08:00:00.000Z',
    remote_deleted_at: null,
    custom_fields: {},
    integration_fields: [],
    groups: [],
    manager: null,
    legal_entity: null,
    work_location: null,
    ...changes,
  };
}
