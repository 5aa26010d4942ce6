import type * as z from 'zod';
import type { Account } from '../core/account.js';
import type { SourceFieldType, TargetFieldType, TypeTable } from '../core/field-type.js';
import type { Mails } from '../core/invitation.js';
import type { MappedField, MappingRule } from '../core/mapping.js';
import type { Notes } from '../core/notes.js';
import type { SetupHints } from '../core/setup.js';
import type { Fields } from '../core/value.js';
import type { BudgetError } from '../errors.js';
import type { AdapterWorld, Finding } from '../http/world.js';

/** One field that the target accepts on the left side of `mapping`. */
export interface TargetField {
  readonly name: string;
  readonly type: TargetFieldType;
  /** Whether an account cannot be made or changed without a value for it. */
  readonly required: boolean;
  /** A closed list of values, or null. */
  readonly choices: readonly string[] | null;
  /** The spelling that the LMS keeps of a text, where it keeps only one. */
  readonly spelling?: (text: string) => string;
  /** Why most mappings do without it, as words for a comment; then it is never suggested as a line that counts. */
  readonly remark?: string;
  /** Whether the LMS may show a name in other capitals than it was written with. Absent: no. */
  readonly ignoresCase?: boolean;
  /**
   * Whether a value of this field gives rights in the LMS (a role, say). Then no text of HR becomes one by itself: what the
   * rule's `map` does not list is a skip `unlisted_value`. Absent: no.
   */
  readonly givesRights?: boolean;
  /** The values that give no more rights than a learner has, where the field gives rights and they are known. */
  readonly learnerValues?: readonly string[];
}

/** How an account that exists already is looked for. */
export interface AccountKey {
  readonly externalId: string;
  readonly email: string | null;
  /** The user name of somebody without an e-mail address, where one is mapped; absent: none. */
  readonly userName?: string | null;
}

/** The account that stands for a manager. */
export interface ManagerAccount {
  readonly accountId: string;
  readonly email: string | null;
}

/** An account as it is to be written. */
export interface AccountDraft {
  /** Every wanted field (`external_id` included, `manager` left out); null clears. */
  readonly fields: Fields;
  /** Names of the fields that differ from what the LMS is known to hold; others need not be sent. */
  readonly changed: ReadonlySet<string>;
  /** What the LMS is known to hold of the changed fields; absent where that is not known. */
  readonly before?: Fields;
  /** The manager to set, null to have none, undefined to leave the manager alone. */
  readonly manager: ManagerAccount | null | undefined;
  /** Whether the account is known to be closed and stays so: an `update` may find it closed. Absent: no. */
  readonly closed?: boolean;
}

/** What the LMS acknowledged of a write. */
export interface Acknowledged {
  readonly accountId: string;
  /** Fields that were sent but that the answer shows were not taken over; they stay unacknowledged. */
  readonly refused: readonly string[];
  /** Only an invitation went out: there is no account until the person accepts, and `accountId` stands for the invitation. */
  readonly pending?: boolean;
}

/** A value of HR that leads to nothing in the LMS, so that the account is placed as far as is known. */
export interface Unplaced {
  /** The HR field and its value. */
  readonly field: string;
  readonly value: string;
  /** What is missing, where the account is placed for now, and what to do, as the rest of a sentence. */
  readonly problem: string;
}

/** Wanted fields as the LMS can take them. */
export interface Settled {
  readonly fields: Fields;
  /** Not null where a value is only a stand-in until the LMS or the config changes, so that it must be settled again. */
  readonly unplaced: Unplaced | null;
}

/** What a target can do; the core decides by it. */
export interface TargetCapabilities {
  /** Whether `invite` may be called by hand for an account that exists; the mail at creation is every target's. */
  readonly inviteByHand: boolean;
  /** Whether the LMS stores the employee id, so that it can be asked for it. */
  readonly externalId: boolean;
  /**
   * Whether the employee id is written by a request of its own once the account is made, so that a creation that breaks
   * off may leave an account that is ours and does not bear the id yet.
   */
  readonly externalIdFollows?: boolean;
  /**
   * Whether `list` shows all that `get` shows of an account; where it does not, a caller that needs the rest (custom values or
   * managers with a request of their own, say) asks `get` for one account at a time.
   */
  readonly listShowsAll: boolean;
  /**
   * What `fields` says of custom fields. `unlisted`: the LMS does not tell them, so any name may be right. `listed`: a name
   * that is not there does not exist. `made`: likewise, but the target makes what is missing. Without an entry they count
   * as listed where `fields` gives at least one.
   */
  readonly customFields?: 'unlisted' | 'listed' | 'made';
  /** Whether `create` may answer `pending`, because an invitation makes no account until it is accepted. Absent: no. */
  readonly pendingInvites?: boolean;
  /** Whether accounts of new joiners are made early and `closed`, and opened on the day by `reactivate`. Absent: no. */
  readonly opensLater?: boolean;
  /** When the LMS mails. Absent: `when_asked`. */
  readonly mails?: Mails;
  /**
   * How an account ends. `deletion`: the LMS knows no other ending, so `deactivation.action: deactivate` deletes as well,
   * within the limit for deletions, and who comes back gets a new account. Absent: `deactivation`.
   */
  readonly endsBy?: 'deactivation' | 'deletion';
  /**
   * Up to how many accounts are looked up one by one; for more, every account of the LMS is listed, unless the list proves
   * short. `Infinity` where listing is impossible. Absent: 40.
   */
  readonly looksUpAtMost?: number;
  /**
   * How a manager is written: as an `account`, or as the `email` address of one. An address that moves must be written
   * again to every report, and `Account.fields.manager` holds an address then. Absent: `account`.
   */
  readonly managerBy?: 'account' | 'email';
}

/**
 * One LMS. Each write is one attempt: it returns once the LMS has acknowledged it and throws otherwise. Errors of the
 * `http` room say by `mayHaveHappened` whether the LMS may have carried the write out all the same.
 *
 * A target throws `CredentialsError` and `PermissionError` for what concerns everybody, and {@link RejectedError} for
 * what the LMS says of this one person.
 */
export interface Target {
  readonly type: string;
  /** How reports call it: "Learn Amp". */
  readonly title: string;
  /** Which company's LMS this is, without secrets; a state file belongs to one identity. */
  readonly identity: string;
  readonly capabilities: TargetCapabilities;
  /** How many writes may be under way at once. */
  readonly concurrency: number;
  /** Why nothing more is to be begun in this run, because what the LMS may be asked is used up; null while there is some left. */
  usedUp(): BudgetError | null;
  /** Why these settings keep a mapped field from being sent, or null when it is; known without asking the LMS. */
  withheld(field: string): string | null;
  /** Whether these settings let a field be written when an account is made, and never again. Absent: none. */
  writesOnce?(field: string): boolean;
  /**
   * What these settings leave as it is in an account although HR wants it otherwise, as a subject such as `the user name`; or
   * null. The plan tells of it. Absent: nothing.
   */
  leaves?(known: Fields, wanted: Fields): { readonly what: string; readonly setting: string } | null;
  /** The fields of an account that this target takes; custom fields only where the LMS lists them. */
  fields(): Promise<readonly TargetField[]>;
  /** The accounts that bear one of the keys, each at most once; an account may answer to several keys. */
  find(keys: readonly AccountKey[]): Promise<readonly Account[]>;
  /**
   * Every account, deactivated ones included, in batches; accounts may repeat when the list shifts.
   *
   * @throws ShortListError where fewer came than the LMS says there are. Whoever asked goes by `find` and `get` then.
   */
  list(): AsyncGenerator<readonly Account[]>;
  /** One account by its id with everything that can be read of it, or null when the LMS does not know it. */
  get(accountId: string): Promise<Account | null>;
  /**
   * These accounts as the LMS shows them now, by account id, with everything that can be read of them and always with their
   * `rights`. An account that the LMS does not know has no entry. Asked only for accounts about which a decision needs it,
   * so an adapter may spend further requests on the rights.
   */
  inspect(accountIds: readonly string[]): Promise<ReadonlyMap<string, Account>>;
  /**
   * Completes wanted fields whose value only the LMS can tell, such as the group for a path of names. Reads only. Absent
   * where the mapping says it all.
   */
  settle?(fields: Fields): Promise<Settled>;
  /**
   * Tells the target of which type the values of each mapped field are, as far as HR says so; before it checks or writes.
   * Absent where a target need not know.
   */
  expect?(types: ReadonlyMap<string, SourceFieldType>): void;
  /** Tells the target what it noted in earlier runs, before it is asked for anything. Absent where it notes nothing. */
  recall?(notes: Notes): void;
  /**
   * What the target wants to know in the next run; asked at the end of a run that writes, and asks the LMS nothing. `isDone`: the
   * run was for everybody and left nothing undone.
   */
  notes?(isDone: boolean): Promise<Notes>;
  /**
   * What must exist in the LMS before these values can be written (teams, say) and does not exist yet. Reads only;
   * returns sentences such as `team "Sales" will be created`.
   */
  missingReferences(fields: AsyncIterable<Fields>): Promise<readonly string[]>;
  /** `closed`: nobody can log in until `reactivate`; only asked for where the capabilities say so. */
  create(draft: AccountDraft, options: { readonly invite: boolean; readonly closed?: boolean }): Promise<Acknowledged>;
  update(accountId: string, draft: AccountDraft): Promise<Acknowledged>;
  /** Succeeds also when the account is deactivated already; one that is gone is `unknown_account`. */
  deactivate(accountId: string): Promise<void>;
  /** Opens the account again and writes the draft whole. */
  reactivate(accountId: string, draft: AccountDraft): Promise<Acknowledged>;
  /** Succeeds also when the account is gone already. */
  delete(accountId: string): Promise<void>;
  /**
   * Mails an invitation to an account that exists. Every target has it that can invite by hand or mails `on_request`; others
   * are never asked.
   */
  invite?(accountId: string, email: string): Promise<void>;
  /**
   * Takes back the invitation that a pending account stands for, and succeeds also when it is gone already. Throws a
   * {@link RejectedError} where that is for a person to do. Every target with pending invitations has it.
   */
  withdraw?(accountId: string, email: string): Promise<void>;
  /** The pending account of an open invitation to this address, or null. Absent where the LMS does not show them. */
  invited?(email: string): Promise<string | null>;
  /** Looks at credentials, scopes and the mapped fields; changes nothing and never throws for what it finds. */
  check(fields: readonly string[]): Promise<readonly Finding[]>;
}

/** One line of the registry: how to read the settings of a target and how to open it. */
export interface TargetDefinition<Settings = unknown> {
  readonly type: string;
  readonly title: string;
  /** The names that `mapping` may use on its left side, `custom_fields` left out, with what each takes. */
  readonly fields: readonly MappedField[];
  /**
   * Fields of which every account needs one, best first: the mapping must name one of them, and the first that it names is
   * required of everybody. Absent: `fields` says it all.
   */
  readonly identifiers?: readonly string[];
  /** Which of these types an HR attribute of each type fits. */
  readonly types: TypeTable;
  readonly settings: z.ZodType<Settings>;
  /** What `init` knows of it besides its settings. */
  readonly setup?: SetupHints;
  /**
   * What names the credential (a client id, never a secret), where customers of one host are told apart by nothing else in
   * `identity`. Only its digest is kept; another one makes a run look whether it is still the same company.
   */
  credentialName?(settings: Settings): string;
  /**
   * Rules that these settings add to the mapping, for what decides about an account and no line of `mapping` names: a
   * place in the org chart, say. Their fields are managed like all others.
   */
  impliedRules?(settings: Settings, mapping: readonly MappingRule[]): readonly MappingRule[];
  /** What these settings tell of a custom field's type beyond what the LMS lists; null or absent: nothing. */
  toldType?(settings: Settings, field: string): TargetFieldType | null;
  /** `rules`: the mapping, for targets that must know more of a field than its value; undefined: any field may come. */
  open(settings: Settings, world: AdapterWorld, rules?: readonly MappingRule[]): Target;
}
