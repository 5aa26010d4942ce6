import { broken } from './broken.js';
import type { CsvSettings } from './settings.js';

/** Turns the bytes of a file into text, strictly. */
export interface Decoder {
  readonly encoding: string;
  decode(chunk: Buffer): string;
  /** The rest of the text, once all bytes have come. Throws where a character is cut in two. */
  end(): string;
}

type Encoding = CsvSettings['encoding'];

const MARKS: readonly (readonly [bytes: string, encoding: Encoding])[] = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/** Longest mark at the beginning of a file, in bytes. */
export const MARK_LENGTH = 3;

/**
 * Chooses the decoder by the first bytes: a byte order mark decides, whatever the config says. One-byte code pages are
 * never guessed, because every byte is valid in all of them.
 */
export function decoderFor(start: Buffer, setting: Encoding, name: string): Decoder {
  const hex = start.subarray(0, MARK_LENGTH).toString('hex');
  const marked = MARKS.find(([bytes]) => hex.startsWith(bytes))?.[1];
  const encoding = marked ?? (setting === 'auto' ? 'utf-8' : setting);
  if (encoding === 'windows-1252' || encoding === 'iso-8859-1') return oneByte(encoding, name);
  return strict(encoding, name);
}

function strict(encoding: Encoding, name: string): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const advice =
    encoding === 'utf-8'
      ? 'write source.encoding: windows-1252 if that is what the export writes, or have it write UTF-8'
      : 'it was cut off, or is in another encoding';
  const refuse = (error: unknown) => broken(`${name} is not ${encoding.toUpperCase()}: ${advice}`, { cause: error });
  const decode = (chunk?: Buffer): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      throw refuse(error);
    }
  };
  return {
    encoding,
    decode(chunk) {
      const text = decode(chunk);
      if (!text.includes('\u0000')) return text;
      throw broken(`${name} holds NUL bytes: it is in another encoding (try source.encoding: utf-16le), or is damaged`);
    },
    end: () => decode(),
  };
}

// Where windows-1252 differs from ISO-8859-1, from 0x80 on: https://encoding.spec.whatwg.org/#index-windows-1252
const UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Node's own decoder of windows-1252 reads 0x80 to 0x9F as control characters in some releases
 * (https://github.com/nodejs/node/issues/56542), so the table is ours.
 */
function oneByte(encoding: Encoding, name: string): Decoder {
  // What is valid UTF-8 from end to end and not plain ASCII is UTF-8.
  let asUtf8: InstanceType<typeof TextDecoder> | null = new TextDecoder('utf-8', { fatal: true });
  let isAscii = true;
  const watch = (chunk?: Buffer): void => {
    try {
      asUtf8?.decode(chunk, { stream: chunk !== undefined });
    } catch {
      asUtf8 = null;
    }
  };
  return {
    encoding,
    decode(chunk) {
      if (chunk.includes(0)) throw broken(`${name} holds NUL bytes: it is not ${encoding}, or is damaged`);
      const latin = chunk.toString('latin1');
      if (asUtf8 !== null) watch(chunk);
      if (isAscii && /[\u0080-\u00ff]/.test(latin)) isAscii = false;
      return isAscii ? latin : latin.replace(/[\u0080-\u009f]/g, (one) => UPPER[one.charCodeAt(0) - 0x80] ?? one);
    },
    end() {
      watch();
      if (asUtf8 === null || isAscii) return '';
      throw broken(
        `${name} is UTF-8, and source.encoding says ${encoding}: names would come out as "Ã¼"; write encoding: auto`,
      );
    },
  };
}

// UTF-8 that was read as windows-1252: "Ã¼", "â€™". No language has these.
const GARBLED = /Ã[¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€/;

/** Whether a text was UTF-8 before somebody took its bytes for windows-1252. */
export function isGarbled(text: string): boolean {
  return GARBLED.test(text);
}
