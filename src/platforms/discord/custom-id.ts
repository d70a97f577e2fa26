/**
 * What a button carries: its kind and the command it runs, as a person would type it. So a button needs no memory: it
 * works after a restart and for everyone.
 */
import { limits } from './limits.ts';

export type Press = 'run' | 'share' | 'form' | 'menu';

const letters: Readonly<Record<Press, string>> = { run: 'r', share: 's', form: 'f', menu: 'm' };

/** Room for the kind, the number that tells two equal buttons apart, and the colon. */
const longestCommand = limits.customId - 4;

/** Undefined when the command is too long for Discord: it is then told as text. */
export function customId(press: Press, command: string): string | undefined {
  return command.length <= longestCommand ? `${letters[press]}:${command}` : undefined;
}

/** The same id made different: Discord refuses one that stands twice in a message. */
export const numbered = (id: string, n: number): string => `${id[0]}${n}${id.slice(id.indexOf(':'))}`;

/** Undefined for an id that is not ours (or from a version to come). */
export function readCustomId(id: string): { readonly press: Press; readonly command: string } | undefined {
  const [, letter, command] = /^([rsfm])\d{0,2}:([\s\S]*)$/.exec(id) ?? [];
  const press = (Object.keys(letters) as Press[]).find((one) => letters[one] === letter);
  return press === undefined || command === undefined ? undefined : { press, command };
}
