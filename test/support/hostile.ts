import fc from 'fast-check';

const PIECES = [
  ...[
    '<',
    '>',
    '"',
    "'",
    '`',
    '&',
    '/',
    '=',
    ' ',
    '\n',
    '\r',
    '\t',
    '\u0000',
    '\u001b[2J',
    '\u202E',
    '\u2066',
    '\u200F',
  ],
  ...[
    '</script>',
    '<!--',
    '-->',
    '<script>',
    ']]>',
    '</style>',
    '</p>',
    '<img src=x onerror=alert(1)>',
    '&lt;',
    '&#x3c;',
  ],
  ...['" onmouseover="alert(1)', "' autofocus onfocus='alert(1)", 'javascript:alert(1)', '{{7*7}}', '\u2028', '\u2029'],
  ...['\uD83D', '\u0301', '\uFEFF', '=cmd', '+1', '-1', '@SUM', '"; DROP', '\\', '\\u003c', 'Ada', 'Müller', '山田'],
];

/** Text that is meant to break out of wherever it is put, now and then of ten thousand characters. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')) },
  { weight: 4, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.constantFrom(...PIECES).map((piece) => piece.repeat(10_000).slice(0, 10_000)) },
);
