/** Telling the owner of a briefing, once, that it stopped or that an edition was missed. */
import { type Document, heading, paragraph, small, strong } from '../document.ts';
import { wordsFor } from '../language/language.ts';
import type { Log } from '../log.ts';
import type { Briefing } from '../model.ts';
import type { Platform } from '../platforms/platform.ts';

/** Never throws: that the owner cannot be reached must not stop anything. */
export async function tellOwner(
  platform: Platform,
  briefing: Briefing,
  what: 'stopped' | 'missed',
  reason: string,
  log: Log,
): Promise<void> {
  try {
    const told = await platform.tell(briefing.tenant, briefing.owner, notice(briefing, what, reason), briefing.locale);
    if (!told)
      log.warn({ briefing: briefing.id }, 'briefings: the owner cannot be reached; /status why tells the rest');
  } catch (cause) {
    log.warn({ err: cause, briefing: briefing.id }, 'briefings: could not tell the owner');
  }
}

function notice(briefing: Briefing, what: 'stopped' | 'missed', why: string): Document {
  const { owner, reason } = wordsFor(briefing);
  const name = owner.briefing(briefing.id, briefing.times, briefing.channelName ?? briefing.channel);
  const because = reason(why);
  return what === 'stopped'
    ? {
        summary: owner.stoppedShort(name, because),
        blocks: [
          heading(owner.stopped),
          paragraph(...owner.stoppedBecause(strong(name), because)),
          small(owner.resumeWith(briefing.id)),
        ],
      }
    : {
        summary: owner.missedShort(name, because),
        blocks: [heading(owner.missed), paragraph(...owner.missedBecause(strong(name), because)), small(owner.goesOn)],
      };
}
