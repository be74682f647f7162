import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PIECE_BYTES } from '../../../main/web/api/files.ts';
import {
  CHARACTERS_MAX,
  type Tail,
  extended,
  isReplaced,
  preceded,
  readable,
  tailOf,
  wanted,
} from '../../../main/web/api/tail.ts';

/** As an agent reads: bytes first, then text, whatever lies across the ends. */
const textAt = (file: Buffer, offset: number, length: number): string =>
  file.subarray(offset, offset + length).toString('utf8');

const readAll = (file: Buffer, start: Tail, most: number): Tail => {
  let tail = start;
  for (let turns = 0; tail.next < file.length; turns++) {
    assert.ok(turns < 10_000, 'it does not come to an end');
    const length = Math.min(most, wanted(tail, file.length));
    tail = extended(tail, textAt(file, tail.next, length), length);
  }
  return tail;
};

test('it begins near the end', () => {
  assert.equal(tailOf(10).from, 0);
  assert.equal(tailOf(PIECE_BYTES + 10).from, 10);
  assert.equal(wanted(tailOf(0), 0), 0);
  assert.equal(wanted(tailOf(0), 10 * PIECE_BYTES), PIECE_BYTES);
});

test('characters that lie across the ends of pieces stay whole', () => {
  const text = 'grüße 🎈 aus 東京\n'.repeat(40);
  const file = Buffer.from(text);
  for (let most = 5; most < 23; most++) {
    const tail = readAll(file, tailOf(0), most);
    assert.equal(tail.pieces.join(''), text, `in pieces of ${most}`);
    assert.equal(tail.next, file.length);
  }
});

test('what is no text at all is still gone through', () => {
  const file = Buffer.alloc(1_000, 0xff);
  assert.equal(readAll(file, tailOf(0), 7).next, 1_000);
});

test('a character of which only the beginning is written yet is awaited', () => {
  const file = Buffer.from('ok ü');
  const part = extended(tailOf(0), textAt(file, 0, 4), 4);
  assert.equal(part.pieces.join(''), 'ok ');
  assert.equal(part.next, 3);
  assert.equal(extended(part, textAt(file, 3, 1), 1), part);
  assert.equal(readAll(file, part, 64).pieces.join(''), 'ok ü');
});

test('a file that has become shorter is another', () => {
  const tail = extended(tailOf(0), 'abc', 3);
  assert.ok(!isReplaced(tail, 3));
  assert.ok(isReplaced(tail, 2));
});

test('it holds so much and no more, and says from where', () => {
  const piece = 'x'.repeat(PIECE_BYTES);
  let tail = tailOf(0);
  for (let pieces = 0; pieces < 40; pieces++) tail = extended(tail, piece, PIECE_BYTES);
  assert.ok(tail.characters <= CHARACTERS_MAX);
  assert.equal(tail.next - tail.from, tail.characters);
  assert.equal(tail.pieces.join('').length, tail.characters);
});

test('what lies before is put before', () => {
  const tail = preceded(extended(tailOf(PIECE_BYTES + 4), 'after', 5), 'earlier ', 0);
  assert.equal(tail.pieces.join(''), 'earlier after');
  assert.equal(tail.from, 0);
});

test('what only a terminal understands is not shown', () => {
  assert.equal(readable('\u001B[1;32mok\u001B[0m\r\n\u0007\u001B]0;title\u0007a\tb'), 'ok\na\tb');
});
