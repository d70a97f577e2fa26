/** What people type in Slack, made plain: its escapes and its ways to name channels, people and links. */

/**
 * `<#C1|briefs>` becomes `C1`, `<@U1|ana>` becomes `U1`, `<https://a.b|a.b>` becomes `https://a.b`, and the three escaped
 * characters become themselves. Linear in the length of the text.
 */
export function plainWords(text: string): string {
  return text
    .slice(0, 4000) // no command is longer
    .replace(/<([#@!]?)([^<>|]{1,3000})(?:\|[^<>]{0,3000})?>/g, (_, _kind: string, value: string) => value)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** The words of a mention without the bot's own name, wherever it stands. */
export function withoutMention(text: string, botUser: string): string {
  return text.replaceAll(new RegExp(`<@${botUser}(?:\\|[^>]*)?>`, 'g'), ' ').trim();
}
