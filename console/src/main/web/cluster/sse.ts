/** Server-sent events, cut from the pieces in which they arrive. */

export interface Message {
  /** The event's name; `message` if it has none. */
  readonly type: string;
  readonly data: string;
  /** The newest id that the stream has told, this message's own or an earlier one. */
  readonly lastId: string;
}

/** No event of a cluster that a browser could show is longer. */
const CHARACTERS_MAX = 256 * 1024 * 1024;

/** Takes the text of one connection, piece by piece, and gives its messages. */
export class MessageCutter {
  private line: string[] = [];
  private characters = 0;
  private afterReturn = false;
  private type = '';
  private data: string[] = [];
  private lastId: string;

  constructor(lastId: string) {
    this.lastId = lastId;
  }

  /** The messages that `piece` completes. */
  push(piece: string): Message[] {
    const messages: Message[] = [];
    let start = 0;
    if (this.afterReturn && piece.startsWith('\n')) start = 1;
    if (piece !== '') this.afterReturn = false;
    const end = /\r\n|\n|\r/g;
    end.lastIndex = start;
    for (let match = end.exec(piece); match !== null; match = end.exec(piece)) {
      this.line.push(piece.slice(start, match.index));
      start = end.lastIndex;
      // The newline that belongs to this return may be the next piece's first character.
      this.afterReturn = match[0] === '\r' && start === piece.length;
      const message = this.take(this.line.join(''));
      this.line = [];
      if (message !== null) messages.push(message);
    }
    if (start < piece.length) {
      this.line.push(piece.slice(start));
      this.grow(piece.length - start);
    }
    return messages;
  }

  private grow(characters: number): void {
    this.characters += characters;
    if (this.characters > CHARACTERS_MAX) throw new Error('an event is too long to be read');
  }

  private take(line: string): Message | null {
    if (line === '') return this.complete();
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value.startsWith(' ')) value = value.slice(1);
    if (field === 'event') this.type = value;
    else if (field === 'data') this.data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.lastId = value;
    return null;
  }

  private complete(): Message | null {
    const data = this.data.join('\n');
    const isEmpty = this.data.length === 0;
    const type = this.type === '' ? 'message' : this.type;
    this.type = '';
    this.data = [];
    this.characters = 0;
    return isEmpty ? null : { type, data, lastId: this.lastId };
  }
}
