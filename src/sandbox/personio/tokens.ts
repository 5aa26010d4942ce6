import { randomBytes } from 'node:crypto';
import type { PersonioSettings } from './settings.js';

type Credential = PersonioSettings['credentials'][number];

interface Token {
  readonly text: string;
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The tokens of a v1 account: one per credential at a time, the same one until it expires. */
export class TokenBook {
  private tokens: readonly Token[] = [];

  constructor(
    private readonly settings: PersonioSettings,
    private readonly now: () => Date,
  ) {}

  /** The token of a credential, and its remaining life in seconds; null when the credentials are wrong. */
  issue(clientId: unknown, clientSecret: unknown): { readonly token: string; readonly expiresIn: number } | null {
    const credential = this.settings.credentials.find((one) => one.clientId === clientId);
    if (credential === undefined || credential.clientSecret !== clientSecret) return null;
    const now = this.now().getTime();
    const token = this.live(now).find((one) => one.clientId === clientId) ?? this.create(credential.clientId, now);
    return { token: token.text, expiresIn: Math.ceil((token.expiresAt - now) / 1000) };
  }

  /** The credential that a token stands for, or null when it is unknown or expired. */
  credentialOf(text: string): Credential | null {
    const token = this.live(this.now().getTime()).find((one) => one.text === text);
    return this.settings.credentials.find((one) => one.clientId === token?.clientId) ?? null;
  }

  revokeAll(): void {
    this.tokens = [];
  }

  private live(now: number): readonly Token[] {
    return this.tokens.filter((token) => token.expiresAt > now);
  }

  private create(clientId: string, now: number): Token {
    const text = `papi-${randomBytes(24).toString('base64url')}`;
    const token = { text, clientId, expiresAt: now + this.settings.tokenLifetimeSeconds * 1000 };
    this.tokens = [...this.live(now), token];
    return token;
  }
}
