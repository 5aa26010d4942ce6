/** How exports head the columns that hrsync has an HR field for, in English and German; the surest first. */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  id: [
    ...['personnel number', 'personnel no', 'personnel id', 'employee id', 'person id', 'worker id', 'staff id'],
    ...['personalnummer', 'personalnr', 'mitarbeiternummer', 'mitarbeiter id', 'payroll number', 'employee number'],
    ...['employee no', 'staff number', 'employee', 'id', 'number', 'nummer'],
  ],
  employee_number: ['employee number', 'employee no', 'staff number', 'personnel number', 'personalnummer'],
  first_name: ['first name', 'given name', 'forename', 'vorname', 'legal first name'],
  last_name: ['last name', 'surname', 'family name', 'nachname', 'familienname', 'legal last name'],
  preferred_name: ['preferred name', 'known as', 'rufname'],
  work_email: ['work email', 'business email', 'company email', 'email', 'email address', 'e mail adresse', 'mail'],
  personal_email: ['personal email', 'private email', 'private e mail'],
  job_title: ['job title', 'position', 'title', 'role', 'stelle', 'funktion', 'stellenbezeichnung', 'job'],
  department: ['department', 'abteilung', 'dept', 'business unit', 'bereich'],
  team: ['team', 'group', 'gruppe'],
  cost_center: ['cost center', 'cost centre', 'kostenstelle'],
  work_location: ['office', 'location', 'work location', 'site', 'standort', 'arbeitsort'],
  legal_entity: ['legal entity', 'company', 'entity', 'gesellschaft', 'firma', 'subcompany'],
  start_date: ['hire date', 'start date', 'entry date', 'date of joining', 'eintrittsdatum', 'eintritt'],
  termination_date: [
    'termination date',
    'end date',
    'leave date',
    'exit date',
    'austrittsdatum',
    'austritt',
    'last day',
  ],
  last_working_day: ['last working day', 'last day of work', 'letzter arbeitstag'],
  status: ['status', 'employment status', 'employee status', 'worker status', 'beschäftigungsstatus'],
  employment_type: ['employment type', 'contract type', 'beschäftigungsart'],
  manager: [
    'manager id',
    'supervisor id',
    'manager',
    'supervisor',
    'line manager',
    'vorgesetzter',
    'reports to',
    'manager email',
  ],
};

/** HR field → the header that seems to mean it, each header once. */
export function proposeColumns(header: readonly string[]): Readonly<Record<string, string>> {
  const left = new Map(header.map((label) => [bare(label), label.trim()] as const).filter(([key]) => key !== ''));
  const columns: Record<string, string> = {};
  for (const [field, names] of Object.entries(HEADERS)) {
    const key = names.map(bare).find((name) => left.has(name));
    const label = key === undefined ? undefined : left.get(key);
    if (key === undefined || label === undefined) continue;
    columns[field] = label;
    left.delete(key);
  }
  return columns;
}

/** Words for where somebody stands, beside those that hrsync has itself. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  ...{ aktiv: 'active', employed: 'active', current: 'active', working: 'active' },
  ...{ inaktiv: 'inactive', ausgeschieden: 'inactive', terminated: 'inactive', left: 'inactive', leaver: 'inactive' },
  ...{ former: 'inactive', resigned: 'inactive', retired: 'inactive' },
  ...{
    elternzeit: 'leave',
    'on leave': 'leave',
    'leave of absence': 'leave',
    beurlaubt: 'leave',
    'parental leave': 'leave',
  },
  ...{ preboarding: 'onboarding', 'pre hire': 'onboarding', sabbatical: 'leave' },
};

/** Our word for a status, or null where it is not known. */
export function statusFor(word: string): string | null {
  const key = word.toLowerCase().replace(/[\s_-]+/g, ' ');
  return (Object.hasOwn(STATUS_WORDS, key) ? STATUS_WORDS[key] : undefined) ?? null;
}

// Spaces, hyphens and capitals do not tell two headers apart.
function bare(label: string): string {
  return label
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
