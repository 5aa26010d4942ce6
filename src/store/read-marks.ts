/** How far the reads of the HR system have come. ISO instants, UTC; null where there has been none yet. */
export interface ReadMarks {
  /** When the last read began of which every change is carried out or remembered: changes before it are known. */
  readonly changesUntil: string | null;
  /** When the last such read of everybody began. */
  readonly everybodyAt: string | null;
  /** HR field → how many people had a value in it then, for the fields that stood on somebody. */
  readonly filledFields: Readonly<Record<string, number>> | null;
  /** Digest of the bytes that the last such read rests on, where the source tells them; null where it does not. */
  readonly bytes: string | null;
}
