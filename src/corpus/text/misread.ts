/** UTF-8 that somebody read in a Western encoding and wrote again: "Trumpâ€™s" for "Trump’s". */
import iconv from 'iconv-lite';

/** The bytes of UTF-8's longer letters, as windows-1252 or Latin-1 shows each of them. */
const LATER = '[\\u0080-\\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]';
const letter = new RegExp(`[\\u00c2-\\u00df]${LATER}|[\\u00e0-\\u00ef]${LATER}{2}|[\\u00f0-\\u00f4]${LATER}{3}`, 'gu');

/** Nobody writes these: control characters that no text holds, and the beginning of every curly mark and dash. */
const PROOF = /[\u00c2-\u00f4][\u0080-\u009f]|â€[\u0080-\u009f˜™œžš¦“”¢]/u;

/** The text as it was meant, where something in it proves that it was misread; running it again changes nothing. */
export function asMeant(text: string): string {
  if (!PROOF.test(text)) return text;
  const meant = text.replace(letter, (shown) => meantBy(shown) ?? shown);
  // Some were misread twice.
  return meant === text ? text : asMeant(meant);
}

function meantBy(shown: string): string | undefined {
  const bytes = Uint8Array.from(shown, (character) => {
    const code = character.charCodeAt(0);
    return code <= 0xff ? code : iconv.encode(character, 'windows-1252')[0]!;
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined; // Stands there by chance.
  }
}
