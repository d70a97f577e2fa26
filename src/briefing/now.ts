/** `/schedule now`: posts an edition that belongs to no slot. Nothing is written to the ledger. */
import type { Document } from '../document.ts';
import type { Words } from '../language/language.ts';
import type { Briefing } from '../model.ts';
import { type Address, type Page, type Platform, PlatformError, type Posted } from '../platforms/platform.ts';
import { type DeliveryTools, wordsOf } from './delivery.ts';
import { pause, waitMs } from './retry.ts';

const TRIES = 3;

/** @returns What happened, in words for the person who asked. */
export async function postOnce(
  { clock, retryMs, stopping }: Pick<DeliveryTools, 'clock' | 'retryMs' | 'stopping'>,
  platform: Platform,
  briefing: Briefing,
  document: Document,
  said: Words,
): Promise<string> {
  const where = briefing.channelName ?? briefing.channel;
  const key = `b${briefing.id}!${clock().toISOString()}`;
  const { thread, ...head } = document;
  const pages = platform.pages(briefing.threads && thread ? document : head, briefing.locale);
  const channel: Address = { tenant: briefing.tenant, channel: briefing.channel };
  let first: string | undefined;
  for (const [i, page] of pages.entries()) {
    const to = page.inThread && first !== undefined ? { ...channel, thread: first } : channel;
    const sent = await send(`${key}#${i + 1}`, to, page);
    if (sent instanceof PlatformError)
      return said.schedule[i === 0 ? 'notPosted' : 'postedInPart'](where, said.reason(wordsOf(sent)));
    first ??= sent.messageId;
  }
  return said.schedule.posted(where);

  async function send(pageKey: string, to: Address, page: Page): Promise<Posted | PlatformError> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await platform.post(to, page, pageKey);
      } catch (cause) {
        const fault =
          cause instanceof PlatformError ? cause : new PlatformError('ambiguous', wordsOf(cause), { cause });
        // What may have been stored is not sent again: the person who asked can see whether it is there.
        if (fault.kind !== 'retry' || attempt === TRIES || stopping.aborted) return fault;
        await pause(waitMs(attempt, retryMs, fault.retryAfterMs), stopping);
      }
    }
  }
}
