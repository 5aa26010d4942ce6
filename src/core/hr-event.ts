/** What an HR system told of somebody. Nothing of it is believed but that it is worth a look. */
export interface HrEvent {
  /** The same for every delivery of one event. */
  readonly key: string;
  /** `person`: somebody changed. `deleted`: somebody is said to be gone. `changed`: somebody did, and nobody says who. */
  readonly kind: 'person' | 'deleted' | 'changed';
  readonly employeeId: string | null;
}
