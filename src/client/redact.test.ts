import { describe, expect, test } from '@jest/globals';
import { createRedact, redactHeaders } from './redact.js';

const token = 'pat-eu1-11111111-2222-3333/4444+5555"6666';
const redact = createRedact(token);

const base64 = (text: string): string => btoa(text);
const base64Url = (text: string): string => base64(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const everyCharacter = (text: string, escape: (hex: string) => string): string =>
  Array.from(text, (character) => escape(character.charCodeAt(0).toString(16).padStart(2, '0'))).join('');

describe('the token is removed from a text', () => {
  test.each([
    ['as plain text', token],
    ['in a header', `Bearer ${token}`],
    ['twice', `${token} ${token}`],
    ['as JSON', JSON.stringify({ [token]: token })],
    ['as JSON within JSON', JSON.stringify(JSON.stringify({ token }))],
    ['as JSON with escaped slashes', JSON.stringify(token).replaceAll('/', '\\/')],
    ['with a character escaped in JSON', token.replaceAll('-', '\\u002d')],
    ['with every character escaped in JSON', everyCharacter(token, (hex) => `\\u00${hex.toUpperCase()}`)],
    ['in a URL', encodeURIComponent(token)],
    ['with every character escaped for a URL', everyCharacter(token, (hex) => `%${hex}`)],
    ['in HTML', everyCharacter(token, (hex) => `&#x${hex};`)],
    ['in Base64', base64(token)],
    ['in Base64 of a header', base64(`Bearer ${token}`)],
    ['in Base64 after one byte', base64(`:${token}`)],
    ['in Base64 after two bytes', base64(`a:${token}:b`)],
    ['in Base64URL', base64Url(token)],
    ['in Base64 in a URL', encodeURIComponent(base64(token))],
    ['in Base64 in JSON with escaped slashes', base64(`?${token}`).replaceAll('/', '\\/')],
  ])('%s', (_, text) => {
    const redacted = redact(`before ${text} after`);
    expect(redacted).toMatch(/^before .*\[access token\].* after$/);
    for (const secret of [token, '11111111-2222', base64(token).slice(4, 40), base64(`a${token}`).slice(4, 40)]) {
      expect(redacted).not.toContain(secret);
      expect(decodeURIComponent(redacted.replaceAll('\\u00', '%'))).not.toContain(secret);
    }
  });

  test('and JSON stays valid JSON', () => {
    const text = JSON.stringify({ message: `${token} is unknown`, [token]: [token] });
    expect(JSON.parse(redact(text))).toEqual({
      message: '[access token] is unknown',
      '[access token]': ['[access token]'],
    });
  });
});

test('a text without the token is unchanged, including its escapes', () => {
  const text = '{"message":"100 % of \\u0041 &amp; \\"B\\" at https:\\/\\/example.com?a=%2Fb"}';
  expect(redact(text)).toBe(text);
});

test.each(['token', '1234567890'])('%s is too common to be redacted', (common) => {
  expect(createRedact(common)(`an id or a word: ${common}`)).toBe(`an id or a word: ${common}`);
});

test('the token is removed from values and names of headers, and headers without it are the same object', () => {
  const without = new Headers({ 'content-type': 'application/json' });
  expect(redactHeaders(without, redact)).toBe(without);
  const plain = createRedact('pat-eu1-11111111');
  const headers = new Headers({ 'x-pat-eu1-11111111': '1', 'x-id': 'pat-eu1-11111111', 'retry-after': '3' });
  expect([...redactHeaders(headers, plain)]).toEqual([
    ['retry-after', '3'],
    ['x-id', '[access token]'],
  ]);
});
