import type { ManagerAccount, Target } from '../../../src/targets/target.js';
import { keyFor, type TargetStage, whole } from './stage.js';

/** The stage of the test at hand with a target opened on it. */
export class Bench {
  #open: { readonly stage: TargetStage; readonly target: Target } | null = null;

  get stage(): TargetStage {
    return this.#opened().stage;
  }

  get target(): Target {
    return this.#opened().target;
  }

  async open(setUp: () => Promise<TargetStage>): Promise<void> {
    const stage = await setUp();
    this.#open = { stage, target: stage.open() };
  }

  /** Makes the account of a person without a mail and gives its id. */
  async create(number: number, manager?: ManagerAccount): Promise<string> {
    const draft = whole(this.stage.person(number), manager);
    return (await this.target.create(draft, { invite: false })).accountId;
  }

  async createManager(number: number): Promise<ManagerAccount> {
    return { accountId: await this.create(number), email: keyFor(this.stage.person(number)).email };
  }

  #opened() {
    if (this.#open === null) throw new Error('no stage is set up');
    return this.#open;
  }
}
