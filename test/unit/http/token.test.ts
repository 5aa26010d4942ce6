import { describe, expect, it } from 'vitest';
import { basicAuthorization, createTokenAuthorization } from '../../../src/http/token.js';

function stage(expiresInSeconds: number | null) {
  let now = Date.UTC(2026, 10, 24);
  let fetched = 0;
  let answer: () => Promise<void> = () => Promise.resolve();
  const authorization = createTokenAuthorization({
    fetchToken: async () => {
      fetched += 1;
      const token = `t${fetched}`;
      await answer();
      return { token, expiresInSeconds };
    },
    now: () => new Date(now),
  });
  return {
    authorization,
    fetched: () => fetched,
    pass: (seconds: number) => {
      now += seconds * 1_000;
    },
    answerWith: (next: () => Promise<void>) => {
      answer = next;
    },
  };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a token', () => {
  it('is fetched when first needed and kept', async () => {
    const { authorization, fetched } = stage(3_600);
    expect(fetched()).toBe(0);
    expect(await authorization.headers()).toEqual(bearer('t1'));
    expect(await authorization.headers()).toEqual(bearer('t1'));
    expect(fetched()).toBe(1);
  });

  it('is fetched anew a minute before it ends', async () => {
    const { authorization, pass } = stage(3_600);
    await authorization.headers();
    pass(3_539);
    expect(await authorization.headers()).toEqual(bearer('t1'));
    pass(2);
    expect(await authorization.headers()).toEqual(bearer('t2'));
  });

  it('that lives less than a minute is used for half its life', async () => {
    const { authorization, pass } = stage(40);
    await authorization.headers();
    pass(19);
    expect(await authorization.headers()).toEqual(bearer('t1'));
    pass(2);
    expect(await authorization.headers()).toEqual(bearer('t2'));
  });

  it('of unknown life is kept until it is refused', async () => {
    const { authorization, pass } = stage(null);
    await authorization.headers();
    pass(1_000_000);
    expect(await authorization.headers()).toEqual(bearer('t1'));
    expect(authorization.renew('Bearer t1')).toBe(true);
    expect(await authorization.headers()).toEqual(bearer('t2'));
  });

  it('is fetched once for all who wait for it', async () => {
    const { authorization, fetched } = stage(3_600);
    const headers = await Promise.all([authorization.headers(), authorization.headers(), authorization.headers()]);
    expect(headers).toEqual([bearer('t1'), bearer('t1'), bearer('t1')]);
    expect(fetched()).toBe(1);
  });

  it('that several requests were refused with is fetched anew once', async () => {
    const { authorization, fetched } = stage(3_600);
    await authorization.headers();
    authorization.renew('Bearer t1');
    await authorization.headers();
    authorization.renew('Bearer t1');
    expect(await authorization.headers()).toEqual(bearer('t2'));
    expect(fetched()).toBe(2);
  });

  it('whose fetch failed is fetched again by the next who needs it', async () => {
    const { authorization, answerWith } = stage(3_600);
    answerWith(() => Promise.reject(new Error('no answer')));
    await expect(authorization.headers()).rejects.toThrow('no answer');
    answerWith(() => Promise.resolve());
    expect(await authorization.headers()).toEqual(bearer('t2'));
  });
});

it('basic credentials are sent in UTF-8 and cannot be renewed', async () => {
  const authorization = basicAuthorization('mädchen', 'pass:word');
  const { authorization: value = '' } = await authorization.headers();
  expect(value).toMatch(/^Basic /);
  expect(Buffer.from(value.slice(6), 'base64').toString('utf8')).toBe('mädchen:pass:word');
  expect(authorization.renew(value)).toBe(false);
});
