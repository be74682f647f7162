/** Times as people read them. */

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
];

/** How long ago, in the largest unit that fits: `3 min`, `2 d`. */
export const agoText = (milliseconds: number): string => {
  const seconds = Math.floor(milliseconds / 1000);
  // The master's clock and the browser's differ a little: what is just now may lie ahead.
  if (seconds < 10) return 'just now';
  for (const [unit, length] of UNITS) {
    if (seconds >= length) return `${Math.floor(seconds / length)} ${unit} ago`;
  }
  return `${seconds} s ago`;
};

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');

/** Date and time on the reader's clock, in the order that sorts. */
export const momentText = (at: string): string => {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
};
