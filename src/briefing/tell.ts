/** Telling the owner of a briefing, once, that it stopped or that an edition was missed. */
import { type Document, heading, paragraph, small, strong } from '../document.ts';
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
    const told = await platform.tell(briefing.tenant, briefing.owner, notice(briefing, what, reason));
    if (!told)
      log.warn({ briefing: briefing.id }, 'briefings: the owner cannot be reached; /status why tells the rest');
  } catch (cause) {
    log.warn({ err: cause, briefing: briefing.id }, 'briefings: could not tell the owner');
  }
}

function notice(briefing: Briefing, what: 'stopped' | 'missed', reason: string): Document {
  const where = briefing.channelName ?? briefing.channel;
  const name = `briefing #${briefing.id} (${briefing.times}, ${where})`;
  return what === 'stopped'
    ? {
        summary: `Your ${name} stopped: ${reason}`,
        blocks: [
          heading('A briefing stopped'),
          paragraph(`Your `, strong(name), ` cannot be posted: ${reason}`),
          small(`Its settings are kept. When this is put right: /schedule resume id:${briefing.id}`),
        ],
      }
    : {
        summary: `An edition of your ${name} was not posted: ${reason}`,
        blocks: [
          heading('An edition was not posted'),
          paragraph('Of your ', strong(name), `: ${reason}`),
          small(
            'The briefing goes on. If the same happens again you will not be told each time; /status why shows it.',
          ),
        ],
      };
}
