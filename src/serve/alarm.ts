/** A pause that can be ended early. */
export class Alarm {
  #wake: (() => void) | null = null;
  #rang = false;

  /** Ends the pause that is, or the next one. */
  ring(): void {
    this.#rang = true;
    this.#wake?.();
  }

  /** Waits so many milliseconds, or until it rings. */
  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#wake = null;
        this.#rang = false;
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#wake = end;
      if (this.#rang) end();
    });
  }
}
