import { useSlowly } from './clock.ts';
import { agoText, momentText } from './times.ts';

/** How long ago something was; the exact time on hovering. */
export function Ago({ at }: { at: string }) {
  const now = useSlowly();
  if (at === '') return <span>–</span>;
  return (
    <time dateTime={at} title={momentText(at)}>
      {agoText(now - Date.parse(at))}
    </time>
  );
}

/** The exact time, and how long ago that was. */
export function Moment({ at }: { at: string }) {
  const now = useSlowly();
  if (at === '') return <span>–</span>;
  return (
    <time dateTime={at}>
      {momentText(at)} ({agoText(now - Date.parse(at))})
    </time>
  );
}
