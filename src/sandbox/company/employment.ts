import type { Day } from '../../core/day.js';
import type { PersonData } from './company.js';
import { plusDays } from './days.js';
import type { Random } from './random.js';

type Dates = Pick<
  PersonData,
  | 'hireDate'
  | 'contractEndDate'
  | 'probationEnd'
  | 'terminationDate'
  | 'terminationType'
  | 'terminationReason'
  | 'lastWorkingDay'
>;

interface Employment {
  /** No mailbox: the login is an address that HR made up. */
  readonly blueCollar: boolean;
  readonly data: Dates & Pick<PersonData, 'status' | 'employmentType' | 'weeklyHours'>;
}

const noEnd = {
  contractEndDate: null,
  probationEnd: null,
  terminationDate: null,
  terminationType: null,
  terminationReason: null,
  lastWorkingDay: null,
} as const;

/**
 * How somebody is employed. Of every hundred profiles in a row the same number has left, is yet to come, and so on, so
 * that small companies hold every kind too. Top managers (`index` null) are simply there.
 */
export function employmentOf(index: number | null, today: Day, random: Random): Employment {
  const place = index === null ? 99 : (index * 37) % 100;
  const hired = plusDays(today, -random.integer(200, random.chance(0.02) ? 14_000 : 4000));
  const working = { employmentType: 'internal', weeklyHours: random.pick([40, 40, 40, 32, 20.5]) } as const;
  const data = { status: 'active', hireDate: hired, ...noEnd, ...working } as const;
  const soon = plusDays(today, random.integer(2, 60));
  if (place < 6) return { blueCollar: false, data: { ...data, ...left(today, random), status: 'inactive' } };
  if (place < 8) return { blueCollar: false, data: { ...data, hireDate: soon, status: 'onboarding' } };
  if (place < 11) return { blueCollar: false, data: { ...data, status: 'leave' } };
  if (place < 13) return { blueCollar: false, data: { ...data, ...leaving(soon) } };
  // A contract that runs out ends nothing: only a termination does.
  if (place < 15) return { blueCollar: false, data: { ...data, contractEndDate: soon } };
  if (place < 17) return { blueCollar: true, data };
  if (place < 19) return { blueCollar: false, data: { ...data, employmentType: 'external' } };
  return { blueCollar: false, data };
}

function left(today: Day, random: Random): Partial<Dates> {
  return leaving(plusDays(today, -random.integer(1, 180)));
}

function leaving(on: Day): Partial<Dates> {
  return {
    terminationDate: on,
    terminationType: 'employee',
    terminationReason: 'Other',
    lastWorkingDay: plusDays(on, -10),
  };
}
