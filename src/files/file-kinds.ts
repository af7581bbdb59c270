const saveAsCsv = 'In Excel: File > Save As > CSV UTF-8 (Comma delimited), and give that file.';
const utf32 = 'is in UTF-32. Save it as UTF-8: iconv -f UTF-32 -t UTF-8 FILE | hubspot-associations create - …';

/** The first bytes of files that are not text, and what to do about them. */
const kinds: readonly { readonly bytes: readonly number[]; readonly problem: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    problem: `is an Excel workbook (.xlsx) or another archive, not text. ${saveAsCsv}`,
  },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], problem: `is an Excel workbook (.xls), not text. ${saveAsCsv}` },
  {
    bytes: [0x1f, 0x8b],
    problem: 'is compressed. Unpack it first: gzip -dc FILE | hubspot-associations create - …',
  },
  { bytes: [0xff, 0xfe, 0x00, 0x00], problem: utf32 },
  { bytes: [0x00, 0x00, 0xfe, 0xff], problem: utf32 },
  { bytes: [0x25, 0x50, 0x44, 0x46], problem: 'is a PDF, not text. Export the table as CSV.' },
];

/** Why a file that begins with these bytes cannot contain rows. Completes the sentence "the file …". */
export function whyNotText(head: Uint8Array, isUtf16: boolean): string | undefined {
  const kind = kinds.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (kind !== undefined) return kind.problem;
  return isUtf16 || !isBinary(head.subarray(0, 1_024))
    ? undefined
    : `is binary, not text. Give CSV or NDJSON. ${saveAsCsv}`;
}

/** Text has almost no control characters, apart from those for lines and terminals. */
function isBinary(bytes: Uint8Array): boolean {
  const hasZeros = bytes.some((byte, at) => byte === 0 && bytes[at + 1] === 0);
  const controls = bytes.filter((byte) => byte < 0x07 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b));
  return hasZeros || controls.length > bytes.length / 20;
}
