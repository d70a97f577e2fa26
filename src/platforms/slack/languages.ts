/** The few words that Slack's room says by itself in an answer, per language. All others come from commands and digests. */
export interface Words {
  /** A statement that fits no message. */
  readonly tooLong: (who: string) => string;
  readonly partTooLong: string;
  /** A view has one page only. */
  readonly moreElsewhere: string;
  /** A `response_url` takes five messages only. */
  readonly moreParts: (left: number) => string;
  readonly part: (n: number, of: number) => string;
  readonly shared: string;
  readonly notShared: (handle: string) => string;
  readonly oldButton: string;
}

const english: Words = {
  tooLong: (who) => `${who}: these words are too long to be shown whole in Slack.`,
  partTooLong: 'A part of this is too long to be shown whole in Slack.',
  moreElsewhere: 'There is more than fits here. Ask in a channel to see it all.',
  moreParts: (left) =>
    `${left} more parts do not fit here. Ask for less at once, for example one topic or one speaker.`,
  part: (n, of) => `(${n} of ${of})`,
  shared: 'Shared in the channel.',
  notShared: (handle) => `Could not share there. Type /invite @${handle} in that channel, then try again.`,
  oldButton: 'This button is from an older version and no longer works. Please ask again; /help lists what there is.',
};

const spanish: Words = {
  tooLong: (who) => `${who}: estas palabras son demasiado largas para mostrarlas enteras en Slack.`,
  partTooLong: 'Una parte es demasiado larga para mostrarla entera en Slack.',
  moreElsewhere: 'Hay más de lo que cabe aquí. Pregunta en un canal para verlo todo.',
  moreParts: (left) =>
    `Quedan ${left} partes que no caben aquí. Pide menos de una vez, por ejemplo un tema o una persona.`,
  part: (n, of) => `(${n} de ${of})`,
  shared: 'Compartido en el canal.',
  notShared: (handle) => `No se pudo compartir ahí. Escribe /invite @${handle} en ese canal y vuelve a intentarlo.`,
  oldButton: 'Este botón es de una versión anterior y ya no funciona. Vuelve a preguntar; /help muestra lo que hay.',
};

/** @param locale BCP 47, as Slack gives it (`es-ES`, `es-LA`). */
export const wordsIn = (locale: string): Words => (/^es\b/i.test(locale) ? spanish : english);
