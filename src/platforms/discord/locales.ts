/**
 * Command and option names in other languages, by their English name: `brief`, `schedule add`, `brief.topic`.
 * A name that is missing here simply stays English.
 */
interface Localized {
  readonly name?: string;
  readonly description?: string;
}

const topic: Localized = { name: 'tema', description: 'Un tema, un lugar o palabras sueltas' };
const since: Localized = { name: 'desde', description: 'Desde cuándo: yesterday, 3d, last week, monday o 2026-01-01' };
const page: Localized = { name: 'página', description: 'Qué página de la respuesta' };
const briefingId: Localized = { name: 'número', description: 'El número que muestra la lista de boletines' };

const spanish: Readonly<Record<string, Localized>> = {
  brief: { name: 'resumen', description: 'Un resumen breve de un tema: qué pasó y quién dijo qué. Sin tema: el día' },
  'brief.topic': topic,
  'brief.since': since,
  quote: { name: 'cita', description: 'Lo que alguien dijo, palabra por palabra, con su prueba' },
  'quote.speaker': { name: 'quién', description: 'Quién lo dijo' },
  'quote.topic': topic,
  'quote.since': since,
  'quote.page': page,
  reactions: { name: 'reacciones', description: 'Quién reaccionó, a favor o en contra, y las palabras en que se basa' },
  'reactions.topic': topic,
  'reactions.since': since,
  'reactions.page': page,
  topics: { name: 'temas', description: 'De qué tratan los artículos' },
  'topics.since': since,
  speakers: { name: 'voces', description: 'A quién se cita en los artículos' },
  'speakers.name': { name: 'nombre', description: 'Parte de un nombre' },
  context: { name: 'contexto', description: 'Una cita en su párrafo, con su comprobante' },
  'context.receipt': { name: 'comprobante', description: 'El comprobante de una cita' },
  report: { name: 'error', description: 'Señala un error: no lo dijo esa persona, no es una cita, otra postura' },
  'report.about': { name: 'sobre', description: 'El comprobante de una cita, o un tema para elegir' },
  'report.wrong': { name: 'qué', description: 'Qué está mal' },
  'report.note': { name: 'nota', description: 'Qué sería lo correcto; lo lee quien gestiona el bot' },
  setup: { name: 'configurar', description: 'Configura un boletín paso a paso: canal, hora, tema, prueba' },
  'setup.channel': { name: 'canal', description: 'Dónde se publican los boletines' },
  'setup.times': { name: 'horario', description: 'Cuándo, por ejemplo daily 08:00' },
  'setup.topic': { name: 'tema', description: 'Un tema, o everything para todo' },
  schedule: { name: 'boletines', description: 'Boletines: añadir, ver, probar, pausar y quitar' },
  'schedule add': { name: 'añadir', description: 'Publica un boletín en un canal a horas fijas' },
  'schedule add.times': { name: 'horario', description: 'Cuándo: daily 08:00, weekdays 7:30, mon,thu 18:00, every 2h' },
  'schedule add.topic': { name: 'tema', description: 'Solo este tema; ninguno significa el día' },
  'schedule add.channel': { name: 'canal', description: 'Dónde; ninguno significa aquí' },
  'schedule add.zone': { name: 'zona', description: 'Zona horaria, por ejemplo Europe/Madrid' },
  'schedule add.kind': { name: 'tipo', description: 'El día, un tema o una persona' },
  'schedule add.missed': {
    name: 'perdidos',
    description: 'Boletines perdidos: publicar tarde (late), juntar (merge) u omitir (skip)',
  },
  'schedule add.only_new': { name: 'solo_nuevo', description: 'Omite lo que este canal ya ha visto' },
  'schedule add.quiet': { name: 'silencio', description: 'No publicar en estas horas, por ejemplo 22:00-07:00' },
  'schedule add.threads': { name: 'hilos', description: 'El detalle en un hilo bajo el boletín' },
  'schedule list': { name: 'lista', description: 'Los boletines de este servidor y sus próximas horas' },
  'schedule preview': { name: 'vista', description: 'Lo que un boletín publicaría ahora; no publica nada' },
  'schedule preview.id': briefingId,
  'schedule now': { name: 'ahora', description: 'Publica un boletín ahora, además de sus horas' },
  'schedule now.id': briefingId,
  'schedule pause': { name: 'pausar', description: 'Detiene un boletín hasta que se reanude' },
  'schedule pause.id': briefingId,
  'schedule resume': { name: 'reanudar', description: 'Reanuda un boletín detenido' },
  'schedule resume.id': briefingId,
  'schedule remove': { name: 'quitar', description: 'Quita un boletín' },
  'schedule remove.id': briefingId,
  sources: { name: 'fuentes', description: 'Fuentes: ver, añadir y quitar' },
  'sources list': { name: 'lista', description: 'De dónde vienen los artículos y cómo está cada fuente' },
  'sources add': { name: 'añadir', description: 'Añade un canal RSS o una página para este servidor' },
  'sources add.address': { name: 'dirección', description: 'Dirección de un canal RSS o de una página' },
  'sources add.confirm': { name: 'confirmar', description: 'Guardarla después de la vista previa' },
  'sources remove': { name: 'quitar', description: 'Quita una fuente de este servidor' },
  'sources remove.id': { name: 'número', description: 'El número que muestra la lista de fuentes' },
  status: { name: 'estado', description: 'Cómo está el bot: artículos, próximos boletines, últimos resultados' },
  'status.why': { name: 'porqué', description: 'Muestra lo que no se pudo leer o publicar, y por qué' },
  privacy: { name: 'privacidad', description: 'Exportar o borrar lo que el bot guarda' },
  'privacy export': { name: 'exportar', description: 'Todo lo que el bot guarda de este servidor' },
  'privacy delete': { name: 'borrar', description: 'Borra todo lo que el bot guarda de este servidor' },
  'privacy delete.confirm': { name: 'confirmar', description: 'Borrar de verdad' },
  help: { name: 'ayuda', description: 'Lo que el bot sabe hacer' },
};

/** Discord's keys for a language. */
export const tables = { 'es-ES': spanish, 'es-419': spanish } as const;

/** The fields that Discord takes for localised names; none when nothing is known. */
export function localized(key: string): {
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
} {
  const of = (part: keyof Localized) => {
    const found = Object.entries(tables).flatMap(([locale, table]) => {
      const value = table[key]?.[part];
      return value === undefined ? [] : [[locale, value] as const];
    });
    return found.length === 0 ? undefined : Object.fromEntries(found);
  };
  const [name, description] = [of('name'), of('description')];
  return {
    ...(name ? { name_localizations: name } : {}),
    ...(description ? { description_localizations: description } : {}),
  };
}
