/** Names of Moodle's exception classes, without namespace. */
type ExceptionClass =
  | 'moodle_exception'
  | 'invalid_parameter_exception'
  | 'invalid_response_exception'
  | 'coding_exception'
  | 'required_capability_exception'
  | 'webservice_access_exception'
  | 'dml_missing_record_exception'
  | 'dml_write_exception'
  | 'TypeError';

/** Classes without a namespace in every version. */
const BARE = /^(dml_.*|webservice_access_exception|TypeError)$/;

/** Ends a call with an exception. */
export class MoodleException extends Error {
  override readonly name = 'MoodleException';

  /** @param debuginfo the reason; answers contain it only while debugging is on */
  constructor(
    readonly errorcode: string,
    message: string,
    private readonly exception: ExceptionClass = 'moodle_exception',
    private readonly debuginfo = '',
    private readonly debugCode = errorcode,
  ) {
    super(message);
  }

  /** The keys of the answer, in their order. */
  answer({ version, debug, debugDisplay }: RefusalWords): Readonly<Record<string, string>> {
    const isNamespaced = version !== '4.1' && !BARE.test(this.exception);
    return {
      exception: isNamespaced ? `core\\exception\\${this.exception}` : this.exception,
      errorcode: debug ? this.debugCode : this.errorcode,
      message: debug && debugDisplay && this.debuginfo !== '' ? `${this.message} (${this.debuginfo})` : this.message,
      ...(debug && { debuginfo: this.debuginfo }),
    };
  }
}

interface RefusalWords {
  readonly version: string;
  readonly debug: boolean;
  readonly debugDisplay: boolean;
}

/** A parameter is wrong. Only debuginfo tells why. */
export function invalidParameter(reason: string): MoodleException {
  const message = 'Invalid parameter value detected';
  return new MoodleException('invalidparameter', message, 'invalid_parameter_exception', reason);
}

/** A value in the answer does not fit its declared type, so the whole answer is lost. */
export function invalidResponse(reason: string): MoodleException {
  const message = 'Invalid response value detected';
  return new MoodleException('invalidresponse', message, 'invalid_response_exception', reason);
}

/** The service refuses this caller or this function. */
export function accessException(reason: string): MoodleException {
  const message = 'Access control exception';
  return new MoodleException('accessexception', message, 'webservice_access_exception', reason);
}

/** A record does not exist. */
export function unknownRecord(table: string, id: string | number): MoodleException {
  const message = `Can't find data record in database table ${table}.`;
  const debugCode = table === 'user' ? 'invaliduser' : 'invalidrecord';
  return new MoodleException(
    ...(['invalidrecordunknown', message, 'dml_missing_record_exception', `id = ${id}`, debugCode] as const),
  );
}

/** The database refused a write: a value is too long, or breaks a unique key. */
export function writeFailed(reason: string): MoodleException {
  return new MoodleException('dmlwriteexception', 'Error writing to database', 'dml_write_exception', reason);
}

/** The function does not know a field or an option. */
export function codingError(reason: string): MoodleException {
  const message = `Coding error detected, it must be fixed by a programmer: ${reason}`;
  return new MoodleException('codingerror', message, 'coding_exception', reason);
}
