const messages: Readonly<Record<number, string>> = {
  401: 'Authorization is not provided',
  403: 'Provided authorization is not valid',
  404: 'The requested resource was not found',
  429: 'Too many requests',
  500: 'Something went wrong',
};

/** Body of an error of the v1 API. */
export interface PersonioError {
  readonly success: false;
  readonly error: { readonly code: number; readonly message: string };
}

/** An error as the v1 API words it; `code` is the status unless said otherwise. */
export function personioError(status: number, message = messages[status], code = status): PersonioError {
  return { success: false, error: { code, message: message ?? 'Something went wrong' } };
}
