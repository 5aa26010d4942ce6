/** One request that a stand-in received. */
export interface LoggedRequest {
  /** Instant, ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query: string;
  readonly route: string | null;
  /** The status that was sent; null while nothing was, or when the connection was cut. */
  readonly status: number | null;
}

/** What came in, in order. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  /** @param isRead whether a route changes nothing, whatever its method */
  constructor(private readonly isRead: (route: string) => boolean) {}

  /** Takes a request down; the returned function adds the status once it is known. */
  open(request: Omit<LoggedRequest, 'status'>): (status: number | null) => void {
    const entry: LoggedRequest & { status: number | null } = { ...request, status: null };
    this.entries.push(entry);
    return (status) => {
      entry.status = status;
    };
  }

  list(): readonly LoggedRequest[] {
    return this.entries;
  }

  /** Requests that could change something: everything but reads and token requests. */
  writes(): readonly LoggedRequest[] {
    return this.entries.filter(({ method, route }) => method !== 'GET' && (route === null || !this.isRead(route)));
  }

  clear(): void {
    this.entries = [];
  }
}
