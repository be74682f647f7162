import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type StreamState, freshness, initial } from '../../../main/web/cluster/freshness.ts';
import { type Message, MessageCutter } from '../../../main/web/cluster/sse.ts';
import { delayBefore } from '../../../main/web/cluster/stream.ts';

const cut = (...pieces: readonly string[]): Message[] => {
  const cutter = new MessageCutter('');
  return pieces.flatMap((piece) => cutter.push(piece));
};

const STREAM =
  ': welcome\n\nevent: snapshot\nid: 1-7\ndata: {"a":\ndata: 1}\n\n' +
  'data:no space\n\nevent: beat\r\ndata: {}\r\n\r\nretry: 5\nid: 1-8\n\nevent: change\rdata: x\r\r';

const MESSAGES: Message[] = [
  { type: 'snapshot', data: '{"a":\n1}', lastId: '1-7' },
  { type: 'message', data: 'no space', lastId: '1-7' },
  { type: 'beat', data: '{}', lastId: '1-7' },
  { type: 'change', data: 'x', lastId: '1-8' },
];

test('messages are cut at empty lines, whatever ends a line', () => {
  assert.deepEqual(cut(STREAM), MESSAGES);
});

test('where the pieces end makes no difference', () => {
  for (let first = 0; first <= STREAM.length; first++) {
    const pieces = [STREAM.slice(0, first), STREAM.slice(first)];
    assert.deepEqual(cut(...pieces), MESSAGES, `cut at ${first}`);
  }
  assert.deepEqual(cut(...STREAM), MESSAGES, 'letter by letter');
});

test('a message without its empty line is not one yet', () => {
  assert.deepEqual(cut('event: change\ndata: x\n'), []);
});

test('ids are kept over messages, and from an earlier connection', () => {
  const cutter = new MessageCutter('1-3');
  assert.equal(cutter.push('data: x\n\n')[0]?.lastId, '1-3');
});

const open: StreamState = { ...initial, phase: 'open', lastAt: 100_000 };

test('an open stream is live for 5 s after its last word, and stale from then on', () => {
  assert.deepEqual(freshness(open, 104_999), { kind: 'live' });
  assert.deepEqual(freshness(open, 105_000), { kind: 'stale', seconds: 5 });
  assert.deepEqual(freshness(open, 190_500), { kind: 'stale', seconds: 90 });
});

test('before anything has come it is connecting', () => {
  assert.deepEqual(freshness(initial, 5), { kind: 'connecting' });
  assert.deepEqual(freshness({ ...initial, phase: 'open' }, 5), { kind: 'connecting' });
});

test('a lost stream is disconnected, unless it comes back at once', () => {
  const lost: StreamState = { ...open, phase: 'waiting', retryAt: 104_000, trouble: 'gone' };
  assert.deepEqual(freshness(lost, 101_000), { kind: 'live' });
  assert.deepEqual(freshness(lost, 103_000), { kind: 'disconnected', seconds: 3, retryIn: 1 });
  assert.deepEqual(freshness({ ...lost, lastAt: null }, 101_000), {
    kind: 'disconnected',
    seconds: null,
    retryIn: 3,
  });
});

test('tries become rarer, up to a limit, and are spread', () => {
  assert.equal(delayBefore(0, 0.5), 500);
  assert.equal(delayBefore(3, 0.5), 4_000);
  assert.equal(delayBefore(1_000, 0.5), 10_000);
  assert.ok(delayBefore(1_000, 1) <= 12_500);
  assert.ok(delayBefore(0, 0) >= 375);
});
