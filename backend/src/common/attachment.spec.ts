import { describe, expect, it } from '@jest/globals';
import { attachment } from './attachment.js';

describe('attachment', () => {
  it.each([
    ['01 Song.flac', `attachment; filename="01 Song.flac"; filename*=UTF-8''01%20Song.flac`],
    ['a"b.mp3', `attachment; filename="a_b.mp3"; filename*=UTF-8''a%22b.mp3`],
    ['夜.flac', `attachment; filename="_.flac"; filename*=UTF-8''%E5%A4%9C.flac`],
    [
      'a\r\nSet-Cookie: x.mp3',
      `attachment; filename="aSet-Cookie: x.mp3"; filename*=UTF-8''aSet-Cookie%3A%20x.mp3`,
    ],
    ['\u202e3pm.exe', `attachment; filename="3pm.exe"; filename*=UTF-8''3pm.exe`],
    [
      "it's (live)!*.mp3",
      `attachment; filename="it's (live)!*.mp3"; filename*=UTF-8''it%27s%20%28live%29%21%2A.mp3`,
    ],
    ['../up.mp3', `attachment; filename=".._up.mp3"; filename*=UTF-8''.._up.mp3`],
    ['\ud800', `attachment; filename="_"; filename*=UTF-8''%EF%BF%BD`],
    ['', `attachment; filename="audio"; filename*=UTF-8''audio`],
  ])('%j', (name, expected) => {
    expect(attachment(name)).toBe(expected);
  });
});
