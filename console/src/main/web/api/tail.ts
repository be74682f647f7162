/** The end of a growing file: which bytes to ask for next, and what is shown of those that came. */

import { PIECE_BYTES } from './files.ts';

export interface Tail {
  /** The first byte of what is held; what lies before was not read or was dropped. */
  readonly from: number;
  /** The byte to go on from. */
  readonly next: number;
  /** What is held, in pieces as they came. */
  readonly pieces: readonly string[];
  readonly characters: number;
}

/** More than this much text is no longer read by people, but slows their browser down. */
export const CHARACTERS_MAX = 2 * 1024 * 1024;

/** Begins near the end of a file of `size` bytes. */
export const tailOf = (size: number): Tail => {
  const from = Math.max(0, size - PIECE_BYTES);
  return { from, next: from, pieces: [], characters: 0 };
};

/** What to ask for, now that the file has `size` bytes: how many from `next` on. */
export const wanted = (tail: Tail, size: number): number =>
  Math.min(PIECE_BYTES, Math.max(0, size - tail.next));

/** Whether the file is not the one that was read: it has become shorter. */
export const isReplaced = (tail: Tail, size: number): boolean => size < tail.next;

const encoder = new TextEncoder();
const BROKEN = '\uFFFD';

/**
 * The tail once `text` has come for `length` bytes asked from its `next`, all of which existed.
 *
 * The agent turns bytes into text piece by piece, so a character that lies across the end of a
 * piece arrives as a broken one. It is left for the next piece.
 */
export const extended = (tail: Tail, text: string, length: number): Tail => {
  if (length === 0) return tail;
  let shown = text;
  let next = tail.next + length;
  if (text.endsWith(BROKEN)) {
    const whole = text.slice(0, text.length - 1);
    const bytes = encoder.encode(whole).length;
    const rest = length - bytes;
    // One character's beginning and nothing else: the rest of it is not written yet.
    if (whole === '' && length <= 3) return tail;
    // Only if what is left is the start of one character, and all before it was whole.
    if (!whole.includes(BROKEN) && whole !== '' && rest >= 1 && rest <= 3) {
      shown = whole;
      next = tail.next + bytes;
    }
  }
  return bounded({
    from: tail.from,
    next,
    pieces: [...tail.pieces, shown],
    characters: tail.characters + shown.length,
  });
};

/** The tail with the piece before it; `text` ends where what is held begins. */
export const preceded = (tail: Tail, text: string, from: number): Tail => ({
  from,
  next: tail.next,
  pieces: [text, ...tail.pieces],
  characters: tail.characters + text.length,
});

const bounded = (tail: Tail): Tail => {
  let { from, characters } = tail;
  let dropped = 0;
  for (const piece of tail.pieces) {
    if (characters <= CHARACTERS_MAX || dropped === tail.pieces.length - 1) break;
    characters -= piece.length;
    from += encoder.encode(piece).length;
    dropped++;
  }
  return dropped === 0 ? tail : { ...tail, from, characters, pieces: tail.pieces.slice(dropped) };
};

// Colours and cursor movements are for terminals; ESC, then a control sequence or a title.
const ESCAPES = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\-_])/g;

/** Text without what only a terminal understands. */
export const readable = (text: string): string =>
  text
    .replace(ESCAPES, '')
    .replace(/\r\n/g, '\n')
    .replace(/[\u0000-\u0008\u000B-\u001F]/g, '');
