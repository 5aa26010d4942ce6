/** What became of a delivery. */
export type Outcome =
  | 'kept'
  | 'repeated'
  | 'ignored'
  | 'malformed'
  | 'refused'
  | 'too_large'
  | 'cut_off'
  | 'busy'
  | 'full'
  | 'unkept';

/**
 * Why the door closed a connection by itself. `handshake`: no TLS in time. `tls`: the handshake failed. `slow`: no whole
 * request in time. `malformed`: no HTTP. `crowded_address`, `crowded`: another connection needed the place.
 */
export type Dropped = 'handshake' | 'tls' | 'slow' | 'malformed' | 'crowded_address' | 'crowded';
