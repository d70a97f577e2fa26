/** The few words that this platform says by itself, per language. Everything else comes from commands and digests. */
export interface Words {
  readonly tooLong: (characters: number) => string;
  /** A button whose command is too long for Discord: how to ask by hand. */
  readonly askFor: (label: string) => string;
  readonly moreParts: (count: number) => string;
  readonly oldButton: string;
  readonly failed: string;
  readonly yes: string;
  readonly no: string;
  readonly postedBelow: string;
}

const english: Words = {
  tooLong: (characters) =>
    `(${characters} characters: too long to be shown whole here, and quoted words are never cut.)`,
  askFor: (label) => `${label}: type `,
  moreParts: (count) =>
    count === 1
      ? '1 more part does not fit here. Ask for something narrower.'
      : `${count} more parts do not fit here. Ask for something narrower.`,
  oldButton:
    'This button is from an earlier version and no longer works. Ask again with a command; /help lists them all.',
  failed: 'The answer could not be shown. Nothing was posted or changed. Please try again.',
  yes: 'Yes',
  no: 'No',
  postedBelow: 'Posted below.',
};

const spanish: Words = {
  tooLong: (characters) =>
    `(${characters} caracteres: demasiado largo para mostrarlo entero aquí, y las palabras citadas nunca se cortan.)`,
  askFor: (label) => `${label}: escribe `,
  moreParts: (count) =>
    count === 1
      ? 'Falta 1 parte que no cabe aquí. Pide algo más concreto.'
      : `Faltan ${count} partes que no caben aquí. Pide algo más concreto.`,
  oldButton:
    'Este botón es de una versión anterior y ya no funciona. Vuelve a preguntar con un comando; /help los muestra todos.',
  failed: 'No se pudo mostrar la respuesta. No se publicó ni cambió nada. Inténtalo de nuevo.',
  yes: 'Sí',
  no: 'No',
  postedBelow: 'Publicado abajo.',
};

/** @param locale BCP 47, as Discord gives it (`es-ES`, `es-419`). */
export const words = (locale: string): Words => (locale.toLowerCase().startsWith('es') ? spanish : english);
