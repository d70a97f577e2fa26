/**
 * The bot's own words in Spanish: as newsrooms of Latin America write it, readable in Spain too; readers are addressed
 * with "tú". What sources say stays in its original language.
 */
import { datesIn } from './dates.ts';
import type { ClockTime, Words } from './en.ts';
import { type Forms, grammarOf } from './grammar.ts';
import type { CommandWords, Localized, Names } from './names.ts';
import type { Replacements, Typed } from './typed.ts';

const { count, form, number, list } = grammarOf('es-419');
// CLDR has short names of zones ("CET") for "es" only.
const dates = datesIn('es');
const nouns = (one: string, other = `${one}s`) => {
  // "many" is CLDR's form for millions, "un millón de artículos"; in figures it reads as the plural.
  const forms: Forms = { one, many: other, other };
  return (n: number): string => count(n, forms);
};
const agreeing = (n: number, one: string, other: string): string => form(n, { one, many: other, other });

const articles = nouns('artículo');
const quotes = nouns('cita');
const paraphrases = nouns('paráfrasis', 'paráfrasis');
const reactions = nouns('reacción', 'reacciones');
const stories = nouns('noticia');
const speakers = nouns('voz', 'voces');
const briefings = nouns('boletín', 'boletines');
const sources = nouns('fuente');
const editions = nouns('edición', 'ediciones');
const files = nouns('archivo o canal RSS', 'archivos o canales RSS');

const clock = ({ day, time }: ClockTime): string => (day ? `${dates.shortDay(day)} ${time}` : time);

const DAY_NAMES = ['domingos', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábados'];
const MONTH_NAMES = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];

const sinceExamples = 'ayer, 3d, la semana pasada, lunes o 2026-01-01';
const scheduleExamples = 'diario 08:00, días laborables 7:30, lun,jue 18:00, cada hora 9-17, cada 2h, mensual 1 09:00';

// ------------------------------------------------------------------ commands

const topic: Localized = { name: 'tema', summary: 'Un tema, un lugar o palabras sueltas' };
const since: Localized = { name: 'desde', summary: `Desde cuándo: ${sinceExamples}` };
const page: Localized = { name: 'página', summary: 'Qué página de la respuesta' };
const briefingId: Localized = { name: 'número', summary: 'El número que muestra la lista de boletines' };
const language: Localized = { name: 'idioma', summary: 'El idioma del boletín; las citas quedan en el original' };

const commands: CommandWords = {
  brief: { name: 'resumen', summary: 'Un resumen breve de un tema: qué pasó y quién dijo qué. Sin tema: el día' },
  'brief.topic': topic,
  'brief.since': since,
  quote: { name: 'cita', summary: 'Lo que alguien dijo, palabra por palabra, con su prueba' },
  'quote.speaker': { name: 'quién', summary: 'Quién lo dijo' },
  'quote.topic': topic,
  'quote.since': since,
  'quote.page': page,
  reactions: { name: 'reacciones', summary: 'Quién reaccionó, a favor o en contra, y las palabras en que se basa' },
  'reactions.topic': topic,
  'reactions.since': since,
  'reactions.page': page,
  topics: { name: 'temas', summary: 'De qué tratan los artículos' },
  'topics.since': since,
  speakers: { name: 'voces', summary: 'A quién se cita en los artículos' },
  'speakers.name': { name: 'nombre', summary: 'Parte de un nombre' },
  context: { name: 'contexto', summary: 'Una cita en su párrafo, con su comprobante' },
  'context.receipt': { name: 'comprobante', summary: 'El comprobante de una cita' },
  report: { name: 'error', summary: 'Señala un error: no lo dijo esa persona, no es una cita, otra postura' },
  'report.about': { name: 'sobre', summary: 'El comprobante de una cita, o un tema para elegir' },
  'report.wrong': {
    name: 'qué',
    summary: 'Qué está mal',
    choices: { speaker: 'persona', quote: 'cita', stance: 'postura', other: 'otra cosa' },
  },
  'report.note': { name: 'nota', summary: 'Qué sería lo correcto; lo lee quien gestiona el bot' },
  setup: { name: 'configurar', summary: 'Configura un boletín paso a paso: canal, hora, tema, prueba' },
  'setup.channel': { name: 'canal', summary: 'Dónde se publican los boletines' },
  'setup.times': { name: 'horario', summary: 'Cuándo, por ejemplo diario 08:00', example: 'diario 08:00' },
  'setup.topic': { name: 'tema', summary: 'Un tema, o todo' },
  'setup.language': language,
  schedule: { name: 'boletines', summary: 'Boletines: añadir, ver, probar, pausar y quitar' },
  'schedule add': { name: 'añadir', summary: 'Publica un boletín en un canal a horas fijas' },
  'schedule add.times': {
    name: 'horario',
    summary: 'Cuándo: diario 08:00, días laborables 7:30, lun,jue 18:00, cada hora 9-17, cada 2h',
    example: 'diario 08:00',
  },
  'schedule add.topic': { name: 'tema', summary: 'Solo este tema; ninguno significa el día' },
  'schedule add.channel': { name: 'canal', summary: 'Dónde; ninguno significa aquí' },
  'schedule add.zone': {
    name: 'zona',
    summary: 'Zona horaria, por ejemplo America/Mexico_City',
    example: 'America/Mexico_City',
  },
  'schedule add.kind': {
    name: 'tipo',
    summary: 'El día, un tema o una persona',
    choices: { daily: 'día', topic: 'tema', speaker: 'persona' },
  },
  'schedule add.missed': {
    name: 'perdidos',
    summary: 'Lo que no salió mientras el bot no estaba: publicar tarde, juntar u omitir',
    choices: { late: 'tarde', merge: 'juntar', skip: 'omitir' },
  },
  'schedule add.only_new': { name: 'solo_nuevo', summary: 'Omite lo que este canal ya ha visto' },
  'schedule add.quiet': { name: 'silencio', summary: 'No publicar en estas horas, por ejemplo 22:00-07:00' },
  'schedule add.threads': { name: 'hilos', summary: 'El detalle en un hilo bajo el boletín' },
  'schedule add.language': language,
  'schedule list': { name: 'lista', summary: 'Los boletines de aquí y sus próximas horas' },
  'schedule preview': { name: 'vista', summary: 'Lo que un boletín publicaría ahora; no publica nada' },
  'schedule preview.id': briefingId,
  'schedule now': { name: 'ahora', summary: 'Publica un boletín ahora, además de sus horas' },
  'schedule now.id': briefingId,
  'schedule language': { name: 'idioma', summary: 'Cambia el idioma en que se publica un boletín' },
  'schedule language.id': briefingId,
  'schedule language.language': language,
  'schedule pause': { name: 'pausar', summary: 'Detiene un boletín hasta que se reanude' },
  'schedule pause.id': briefingId,
  'schedule resume': { name: 'reanudar', summary: 'Reanuda un boletín detenido' },
  'schedule resume.id': briefingId,
  'schedule remove': { name: 'quitar', summary: 'Quita un boletín' },
  'schedule remove.id': briefingId,
  sources: { name: 'fuentes', summary: 'Fuentes: ver, añadir y quitar' },
  'sources list': { name: 'lista', summary: 'De dónde vienen los artículos y cómo está cada fuente' },
  'sources add': { name: 'añadir', summary: 'Añade un canal RSS o una página para este servidor' },
  'sources add.address': { name: 'dirección', summary: 'Dirección de un canal RSS o de una página' },
  'sources add.confirm': { name: 'confirmar', summary: 'Guardarla después de la vista previa' },
  'sources remove': { name: 'quitar', summary: 'Quita una fuente de este servidor' },
  'sources remove.id': { name: 'número', summary: 'El número que muestra la lista de fuentes' },
  status: { name: 'estado', summary: 'Cómo está el bot: artículos, próximos boletines, últimos resultados' },
  'status.why': { name: 'porqué', summary: 'Muestra lo que no se pudo leer o publicar, y por qué', example: 'sí' },
  privacy: { name: 'privacidad', summary: 'Exportar o borrar lo que el bot guarda' },
  'privacy export': { name: 'exportar', summary: 'Todo lo que el bot guarda de este servidor' },
  'privacy delete': { name: 'borrar', summary: 'Borra todo lo que el bot guarda de este servidor' },
  'privacy delete.confirm': { name: 'confirmar', summary: 'Borrar de verdad', example: 'sí' },
  help: { name: 'ayuda', summary: 'Lo que el bot sabe hacer' },
};

// ------------------------------------------------------------------ what people type

const HOURS = '(?:horas?|hrs?|h)';

const typed: Typed = {
  times: [
    [/\b(?:(?:los )?dias? )?(?:laborables?|habiles?)\b|\bentre semana\b/g, 'weekdays'],
    [/\b(?:los )?fin(?:es)? de semana\b/g, 'weekends'],
    [/\b(?:el )?ultimo dia (?:de cada|del) mes\b/g, 'monthly last'],
    [/\b(?:el )?(?:dia )?(\d{1,2}) (?:de cada|del) mes\b/g, 'monthly $1'],
    [/\b(?:mensual(?:mente)?|cada mes)\b/g, 'monthly'],
    [/\bultimo(?: dia)?\b/g, 'last'],
    [/\b(?:semanal(?:mente)?|cada semana)\b/g, 'weekly'],
    [/\b(?:diari[oa](?:mente)?|a diario|cada dia|todos los dias)\b/g, 'daily'],
    [/\bcada media hora\b/g, 'every 30m'],
    [/\bcada hora\b/g, 'hourly'],
    [/\bcada dos\b/g, 'every 2'],
    [/\bcada\b/g, 'every'],
    [new RegExp(String.raw`\b(\d{1,2}) ?${HOURS}\b`, 'g'), '$1h'],
    [/\b(\d{1,4}) ?(?:minutos?|mins?|m)\b/g, '$1m'],
    [/\bmediodia\b/g, 'noon'],
    [/\bmedianoche\b/g, 'midnight'],
    [/ ?\b(?:de|por) la manana\b/g, 'am'],
    [/ ?\b(?:de|por) la (?:tarde|noche)\b/g, 'pm'],
    [/\blun(?:es)?\b/g, 'monday'],
    [/\bmar(?:tes)?\b/g, 'tuesday'],
    [/\bmie(?:r|rcoles)?\b/g, 'wednesday'],
    [/\bjue(?:ves)?\b/g, 'thursday'],
    [/\bvie(?:rnes)?\b/g, 'friday'],
    [/\bsab(?:ados?)?\b/g, 'saturday'],
    [/\bdom(?:ingos?)?\b/g, 'sunday'],
    // "de 9 a 17", "lunes a viernes", "de las 9 hasta las 17": a range; "lunes a las 8": a time.
    [/\b(?:de|desde) (?:las? )?(\S+) (?:a|hasta) (?:las? )?(?=\S)/g, '$1-'],
    [/\bhasta (?:las? )?/g, 'to '],
    [/\bal? (?=noon|midnight)|\ba las?\b|\b(?:de|del|el|la|los|las)\b/g, ' '],
    [/ a (?=\w)/g, '-'],
    [/ [ye] /g, ','],
  ],
  since: [
    [/^hoy$/, 'today'],
    [/^ayer$/, 'yesterday'],
    [/^(?:anteayer|antier|antes de ayer)$/, '2d'],
    [/^(?:la )?(?:semana pasada|ultima semana)$/, 'last week'],
    [/^(?:el )?(?:mes pasado|ultimo mes)$/, 'last month'],
    [/^(?:el )?(?:ano pasado|ultimo ano)$/, 'last year'],
    [new RegExp(String.raw`^(?:hace )?(\d{1,4}) ?${HOURS}$`), '$1h'],
    [/^(?:hace )?(\d{1,4}) ?(?:dias?|d)$/, '$1d'],
    [/^(?:hace )?(\d{1,4}) ?(?:semanas?|sem)$/, '$1w'],
    [/^(?:hace )?(\d{1,4}) ?mes(?:es)?$/, '$1m'],
    [/^(?:hace )?(\d{1,4}) ?anos?$/, '$1y'],
    [/^(?:desde )?(?:el )?lun(?:es)?(?: pasado)?$/, 'monday'],
    [/^(?:desde )?(?:el )?mar(?:tes)?(?: pasado)?$/, 'tuesday'],
    [/^(?:desde )?(?:el )?mie(?:r|rcoles)?(?: pasado)?$/, 'wednesday'],
    [/^(?:desde )?(?:el )?jue(?:ves)?(?: pasado)?$/, 'thursday'],
    [/^(?:desde )?(?:el )?vie(?:rnes)?(?: pasado)?$/, 'friday'],
    [/^(?:desde )?(?:el )?sab(?:ado)?(?: pasado)?$/, 'saturday'],
    [/^(?:desde )?(?:el )?dom(?:ingo)?(?: pasado)?$/, 'sunday'],
  ],
  known: [
    'diario',
    'laborables',
    'cada',
    'mensual',
    'semanal',
    'lunes',
    'martes',
    'miércoles',
    'jueves',
    'viernes',
    'sábado',
    'domingo',
    'mediodía',
    'medianoche',
  ],
  yes: ['sí', 'si', 's'],
  no: ['no', 'n'],
};

// ------------------------------------------------------------------ reasons

/** What was written down in English, or comes from a connection, told in Spanish. What is not here stays as it is. */
const REASONS: Replacements = [
  [/^paused by a member$/, 'por decisión de un miembro'],
  [/^posted 1 message\b/, 'publicado en 1 mensaje'],
  [/^posted (\d+) messages\b/, 'publicado en $1 mensajes'],
  [/, nothing new\b/, ', sin novedades'],
  [/, late$/, ', con retraso'],
  [/^not posted; left for the edition due (.*)$/, 'no se publicó; queda para la edición prevista $1'],
  [
    /^interrupted while posting, and (\w+) does not let the bot read the channel back: left as it is rather than risk posting twice$/,
    'se interrumpió al publicar y $1 no deja que el bot vuelva a leer el canal: se deja así para no publicar dos veces',
  ],
  [
    /^1 edition passed while the bot was offline; this briefing skips what is late$/,
    'pasó 1 edición mientras el bot estaba fuera de línea; este boletín omite lo que llega tarde',
  ],
  [
    /^(\d+) editions passed while the bot was offline; this briefing skips what is late$/,
    'pasaron $1 ediciones mientras el bot estaba fuera de línea; este boletín omite lo que llega tarde',
  ],
  [
    /^more than (\d+) editions passed while the bot was offline; this briefing skips what is late$/,
    'pasaron más de $1 ediciones mientras el bot estaba fuera de línea; este boletín omite lo que llega tarde',
  ],
  [
    /^1 edition passed while nothing could be posted; this briefing skips what is late$/,
    'pasó 1 edición mientras no se podía publicar; este boletín omite lo que llega tarde',
  ],
  [
    /^(?:more than )?(\d+) editions passed while nothing could be posted; this briefing skips what is late$/,
    'pasaron $1 ediciones mientras no se podía publicar; este boletín omite lo que llega tarde',
  ],
  // Platforms. The code and the platform's own words stay: an admin can look them up.
  [/^discord: could not post \S+ in channel (\S+) \((.*)\)$/, 'Discord no aceptó el mensaje en el canal $1 ($2)'],
  [/^discord: could not read back channel (\S+) \((.*)\)$/, 'Discord no dejó leer el canal $1 ($2)'],
  [/^discord: could not (?:post|look for) \S+ \((.*)\)$/, 'Discord no aceptó el mensaje ($1)'],
  [/^discord: channel (\S+) is rate limited$/, 'Discord pide esperar antes de publicar en el canal $1'],
  [/^discord: not connected yet$/, 'Discord todavía no está conectado'],
  [
    /^discord: the message that \S+ belongs under is not there any more$/,
    'el mensaje al que pertenece el hilo ya no existe en Discord',
  ],
  [/^slack: not connected yet$/, 'Slack todavía no está conectado'],
  [/^slack: not installed in (\S+)$/, 'Pullquote no está instalado en este espacio de trabajo ($1)'],
  [/^slack: could not look up (\S+)$/, 'no se pudo consultar $1'],
  [/^slack: (\S+) is rate limited$/, 'Slack pide esperar ($1)'],
  [/^slack: (\S+) gave no answer$/, 'Slack no respondió ($1)'],
  [/^slack: no answer to (\S+)$/, 'Slack no respondió ($1)'],
  [/^slack: could not reach Slack \((.*)\)$/, 'no se pudo llegar a Slack ($1)'],
  [/^slack: (\S+) answered (\S+)/, 'Slack respondió $2 a $1'],
  [/; it is not in the channel$/, '; no está en el canal'],
  [/^connected$/, 'conectado'],
  [/^connecting$/, 'conectando'],
  [/^reconnecting$/, 'reconectando'],
  [/^not started$/, 'sin iniciar'],
  [/^stopped$/, 'detenido'],
  [/^Discord refuses the token$/, 'Discord rechaza el token'],
  [/^cannot reach Discord; trying again$/, 'no se llega a Discord; se vuelve a intentar'],
  // Sources and files.
  [/\bthe server answered (\d+)/, 'el servidor respondió $1'],
  [/\bit wants a login$/, 'pide iniciar sesión'],
  [/\bit wants payment$/, 'pide un pago'],
  [/\bit does not let us in$/, 'no permite la entrada'],
  [/\bthere is nothing at this address$/, 'no hay nada en esa dirección'],
  [/\bit is gone for good$/, 'se retiró para siempre'],
  [/\bit was asked too often$/, 'se le preguntó demasiado seguido'],
  [/\bit is blocked for legal reasons$/, 'está bloqueado por motivos legales'],
  [/\bits host name is not known$/, 'no se conoce el nombre de su servidor'],
  [/\bits host name could not be looked up$/, 'no se pudo consultar el nombre de su servidor'],
  [/\bthe server does not accept connections$/, 'el servidor no acepta conexiones'],
  [/\bthe server broke off the connection$/, 'el servidor cortó la conexión'],
  [/\bthe server cannot be reached$/, 'no se puede llegar al servidor'],
  [/\bthe network cannot be reached$/, 'no se puede llegar a la red'],
  [/\bthe server did not answer in time$/, 'el servidor no respondió a tiempo'],
  [/\bthe server stopped sending$/, 'el servidor dejó de enviar'],
  [/\bits headers are too long$/, 'sus encabezados son demasiado largos'],
  [/\bits certificate has expired$/, 'su certificado ha caducado'],
  [/\bits certificate is not from a known authority$/, 'su certificado no es de una autoridad conocida'],
  [/\bits certificate is for another host$/, 'su certificado es de otro servidor'],
  [/\bit took longer than ([\d.]+) seconds$/, 'tardó más de $1 segundos'],
  [/\bits packed body is damaged$/, 'su contenido comprimido está dañado'],
  [/\bit does not speak HTTP$/, 'no habla HTTP'],
  [/\bit could not be fetched \((.*)\)$/, 'no se pudo descargar ($1)'],
  [/\bit redirects more than (\d+) times$/, 'redirige más de $1 veces'],
  [/^(\S+) asked to be left alone for a while$/, '$1 pidió que no se le pregunte por un rato'],
  [/\blarger than (\S+) MB$/, 'ocupa más de $1 MB'],
  [/^robots\.txt of (\S+) asks bots to stay away from it$/, 'el robots.txt de $1 pide a los bots que no entren'],
  [/^nothing was sent$/, 'no se envió nada'],
  [/^neither a feed nor a list of feeds/, 'no es un canal RSS ni una lista de canales'],
  [/^a web page, not a feed/, 'es una página web, no un canal RSS'],
  [/^begins like JSON, but is not/, 'empieza como JSON, pero no lo es'],
  [
    /^JSON, but no JSON Feed: expected a list named items/,
    'es JSON, pero no JSON Feed: se esperaba una lista llamada items',
  ],
  [
    /; no article was found there, and no feed is announced$/,
    '; no se encontró ningún artículo ni se anuncia un canal RSS',
  ],
  [
    /^expected an address such as https:\/\/example\.com\/feed\.xml, got (.*)$/,
    'se esperaba una dirección como https://example.com/feed.xml, se recibió $1',
  ],
  [/^no text after its front matter$/, 'no hay texto después de sus datos'],
  [/^no text besides page furniture$/, 'no hay más texto que el de la plantilla de la página'],
  [/^holds no articles$/, 'no contiene artículos'],
  [/^could not open the folder \((.*)\)$/, 'no se pudo abrir la carpeta ($1)'],
  [/^no article found on the page$/, 'no se encontró ningún artículo en la página'],
  [/^holds no records$/, 'no contiene registros'],
  [/^empty$/, 'está vacío'],
  [/^its text is empty$/, 'su texto está vacío'],
  [/^a line of more than (.*)$/, 'una línea de más de $1'],
  [/^no rows under its header$/, 'no hay filas bajo su encabezado'],
  [/^(\d+) more records could not be read$/, 'no se pudieron leer $1 registros más'],
  [
    /^a list of feeds \(OPML\): name this very file in CORPUS, and its feeds are read$/,
    'una lista de canales (OPML): nombra este mismo archivo en CORPUS y se leerán sus canales',
  ],
  [/^expected a list of feeds \(OPML\), got something else$/, 'se esperaba una lista de canales (OPML)'],
  [/^a list of feeds \(OPML\) with no address in it$/, 'una lista de canales (OPML) sin ninguna dirección'],
  [/^a list of feeds inside a list of feeds is not followed$/, 'una lista de canales dentro de otra no se sigue'],
  [
    /^the server says that nothing is new, but never sent anything$/,
    'el servidor dice que no hay nada nuevo, pero nunca envió nada',
  ],
  [/^what it sent could not be dealt with$/, 'lo que envió no se pudo procesar'],
  [
    /; other XML is not read: export it as text, HTML or JSON$/,
    '; otro XML no se lee: expórtalo como texto, HTML o JSON',
  ],
  [
    /^.* \((\.\w+)\) is not read: .*$/,
    'los archivos $1 no se leen: guárdalo como .txt, .html, .csv o .jsonl, o ponlo en otro lugar',
  ],
  [/^unpacked more than the (.*) it may have$/, 'descomprimido ocupa más de los $1 permitidos'],
  [
    /^nothing is there now; .* stay in answers, in case a disk is not mounted\. To take (?:it|them) out: (.*)$/,
    'ahora no hay nada ahí; los artículos leídos antes siguen en las respuestas por si falta montar un disco. Para quitarlos: $1',
  ],
  [/^expected a record with a text, got (.*)$/, 'se esperaba un registro con texto, se recibió $1'],
  [
    /^no text: expected a field named text, body or content, got (.*)$/,
    'sin texto: se esperaba un campo llamado text, body o content, se recibió $1',
  ],
  [/^binary data, not text/, 'datos binarios, no texto'],
  [
    /^in an encoding that could not be recognised; save it as UTF-8/,
    'en una codificación que no se reconoce; guárdalo como UTF-8',
  ],
];

// ------------------------------------------------------------------ words

export const spanish = ({ command, option }: Names): Words => ({
  language: 'español',
  dates,
  number,
  list,
  discordLocales: ['es-ES', 'es-419'],
  commands,
  typed,
  names: { command, option },

  count: {
    articles,
    quotes,
    paraphrases,
    reactions,
    stories,
    speakers,
    briefings,
    sources,
    files,
    feeds: nouns('canal', 'canales'),
    failures: nouns('fallo'),
    problems: nouns('problema'),
    activeBriefings: nouns('boletín activo', 'boletines activos'),
  },

  press: {
    share: 'Compartir',
    inContext: 'En contexto',
    newestVersion: 'Versión más reciente',
    allQuotes: 'Todas las citas',
    whoSaidWhat: 'Quién dijo qué',
    article: 'Artículo',
    followTopic: 'Seguir el tema',
    topics: 'Temas',
    speakers: 'Voces',
    quotes: 'Citas',
    reactions: 'Reacciones',
    back: 'Atrás',
    next: (left) => `Siguiente (${number(left)} más)`,
    help: 'Ayuda',
    allBy: (name) => `Todo de ${name}`,
    allByThisSpeaker: 'Todo de esta voz',
    everyoneOnTopic: 'Todas las voces del tema',
    addBriefing: 'Añadir un boletín',
    addSource: 'Añadir una fuente',
  },

  parts: {
    asOf: (at) => ['al ', at],
    labelByBot: 'Título puesto por el bot',
    fiction: 'Ficción · ',
    beginningOnly: (outlet) => `${outlet} (solo el comienzo)`,
    fictionMade: 'Ficción, creada para probar el bot',
    dateNotStated: 'sin fecha indicada',
    latestDate: (day) => `sin fecha indicada; la más reciente en el texto: ${day}`,
    speakerUnclear: (mention) =>
      mention ? `No está claro quién lo dijo (el artículo dice ${mention})` : 'No está claro quién lo dijo',
    kind: { direct: 'cita', partial: 'cita parcial', indirect: 'paráfrasis' },
    medium: { post: 'publicación en redes', letter: 'carta', statement: 'comunicado', written: 'por escrito' },
    unnamed: 'sin identificar',
    inPart: 'En parte: ',
    paraphrase: 'Paráfrasis: ',
    postedBy: (credit) => `publicado por ${credit}`,
    aPostBy: (credit) => `una publicación de ${credit}`,
    alsoIn: (places, more) => `Casi igual en ${places.join('; ')}${more > 0 ? ` y ${more} más` : ''}.`,
    stance: { support: 'a favor', oppose: 'en contra', concern: 'preocupación', neutral: 'comentario' },
    sources: (names) => {
      if (names.length === 0) return 'sin fuentes';
      return names.length <= 2
        ? `${names.length === 1 ? 'Fuente' : 'Fuentes'}: ${names.join(', ')}`
        : `${names.length} fuentes: ${names.slice(0, 2).join(', ')} y ${names.length - 2} más`;
    },
  },

  understood: {
    respelled: (meant, asked) => ['Se muestra ', meant, ': ningún artículo dice ', asked, '.'],
    leftOut: (asked) => ['Ningún artículo dice ', asked, ': se dejó fuera.'],
    also: (name, both, of, rarer) =>
      rarer
        ? ['También se encuentra como ', name, `: ambos están en ${number(both)} de ${articles(of)} con `, rarer, '.']
        : [
            'También se encuentra como ',
            name,
            `: ${number(both)} de ${articles(of)} con uno de los nombres tienen el otro.`,
          ],
    partial: 'Coincidencia débil: ningún artículo tiene todas estas palabras.',
    inPassing: 'Coincidencia débil: aquí solo se menciona de paso.',
  },

  brief: {
    inShort: 'En breve',
    foundFor: (words) => `encontrado por: ${words}`,
    reactions: (n) => `Reacciones (${n})`,
    moreReactions: (n) => `${n} ${agreeing(n, 'reacción', 'reacciones')} más en Quién dijo qué`,
    moreStories: (n) => `${n} ${agreeing(n, 'noticia', 'noticias')} más`,
    lastDay: 'Las últimas 24 horas',
    since: (words) => `Desde: ${words}`,
    newest: 'Las noticias más recientes',
    nothingSince: (words) => `Nada desde: ${words}. Las noticias más recientes`,
    quoted: (names, more) => `Con citas de ${names.join(', ')}${more > 0 ? ` y ${more} más` : ''}`,
    paraphrased: (names, more) => `Con paráfrasis de ${names.join(', ')}${more > 0 ? ` y ${more} más` : ''}`,
    readOne: 'Leer una completa',
    moreMatch: (n) => `${n} ${agreeing(n, 'noticia más coincide', 'noticias más coinciden')}`,
  },

  daily: {
    title: (about) => (about === undefined ? 'Boletín' : `Boletín: ${about}`),
    stories,
    nothingNew: 'sin novedades',
    unchanged: (n) => `${n} sin cambios`,
    since: (day, time) => `desde el ${day}, ${time}`,
    noChange: (day) => ` — sin cambios desde el ${day}.`,
    labelByBot: ' (título puesto por el bot)',
    reactions: (lines) => `Reacciones: ${lines}`,
    fullBrief: 'Resumen de una noticia',
    moreUnder: (n) => `${n} ${agreeing(n, 'noticia', 'noticias')} más con ${command('brief')}`,
    noMachineText: 'sin texto escrito por IA',
    next: (day, time) => `próxima edición: ${day}, ${time}`,
    empty: (about, from) =>
      `Sin novedades${about ? ` sobre ${about}` : ''}${from ? ` ${from}` : ''}. El bot funciona; esta línea se publica para que nadie tenga que adivinar qué significa el silencio.`,
    firstEdition: 'Primera edición: las noticias más recientes',
    onRequest: 'Publicado a petición',
  },

  late: {
    due: (due, sent, because) => `Prevista ${clock(due)}, enviada ${sent}: ${because}`,
    finished: (due, sent) => `Prevista ${clock(due)}, terminada ${sent}`,
    offline: 'el bot estaba fuera de línea',
    couldNot: 'no se pudo publicar antes',
    held: (quiet, n) => `Retenida por las horas de silencio (${quiet})${n > 1 ? `, ${n} ediciones en una` : ''}`,
    inOne: (n, more) => `${more ? `Más de ${n} ediciones` : editions(n)} en una`,
    leftOut: (n, more) =>
      n === 1 ? 'Se omite 1 edición anterior' : `Se omiten ${more ? `más de ${n} ediciones` : editions(n)} anteriores`,
    because: (what, why) => `${what}: ${why}`,
  },

  gate: {
    stamp: (held, all) => `Citas textuales en su idioma original, ${held}/${all} comprobadas`,
    withheld: (n) =>
      `${n} ${agreeing(n, 'pasaje retenido', 'pasajes retenidos')}: las palabras ya no coinciden con la fuente guardada.`,
  },

  ask: {
    noCommand: (name, near) =>
      `No existe el comando /${name}.${near ? ` ¿Quisiste decir ${command(near)}?` : ''} ${command('help')} los muestra todos.`,
    oneOf: (names, got) => `Se esperaba uno de estos: ${names.map(command).join(', ')}; se recibió /${got}.`,
    managersOnly: (name) =>
      `${command(name)} es para quienes pueden administrar este canal o servidor. Pídeselo a alguien con ese permiso.`,
    wentWrong: 'Algo salió mal al responder. No se publicó ni cambió nada. Inténtalo de nuevo.',
    wentWrongShort: (reference) => `Algo salió mal (referencia ${reference}).`,
    reference: (reference) => ['Referencia para quien gestiona el bot: ', reference],
    expected: (name, expected, got) => [`${name}: se esperaba ${expected}, se recibió `, got, '.'],
    nothing: 'nada',
    wholeNumber: 'un número entero',
    wholeNumberFrom: (least, most) => `un número entero de ${least} a ${most}`,
    yesOrNo: 'sí o no',
    oneOfThese: (choices) => `uno de estos valores: ${choices.join(', ')}`,
    tryThis: (example) => ['Prueba: ', example],
  },

  since: {
    examples: sinceExamples,
    expected: (got) => [
      `${option('brief', 'since')}: se esperaba un momento como ${sinceExamples}, se recibió `,
      got,
      '.',
    ],
  },

  miss: {
    stillReading: 'Los artículos todavía se están leyendo. Inténtalo de nuevo en un momento.',
    empty: (entries) =>
      `Todavía no hay artículos. Quien gestiona el bot indica carpetas, archivos o canales RSS en CORPUS (ahora: ${entries.join(', ') || 'nada'}); quien administra puede añadir aquí una fuente con ${command('sources add')}.`,
    topic: (about) => ['Ningún artículo coincide con ', about, '.'],
    topicShort: (about) => `Nada coincide con ${about}.`,
    nothingSince: (about, since, newest) => [
      'Nada sobre ',
      about,
      ' desde ',
      since,
      `. Lo más reciente es del ${newest}.`,
    ],
    nearestTopics: 'Temas parecidos',
    mostWritten: 'Temas más tratados',
    speaker: (name) => ['Nadie con el nombre ', name, ' aparece en las citas ni en las paráfrasis de los artículos.'],
    speakerShort: (name) => `Nadie con el nombre ${name} aparece citado en los artículos.`,
    didYouMean: 'Nombres parecidos',
    mostQuoted: 'Voces más citadas',
    offers: (title, labels) => `${title}: ${labels}`,
    noQuotes: 'sin citas',
  },

  quote: {
    quotes: (asked) => `Citas: ${asked}`,
    paraphrases: (asked) => `Paráfrasis: ${asked}`,
    summary: (n, asked) => `${quotes(n)}: ${asked}`,
    noVerbatimFor: (asked, n) => `No hay ninguna cita textual para ${asked} en los artículos; ${paraphrases(n)}.`,
    noVerbatim: (name) =>
      `No hay ninguna cita textual ${name ? `de ${name} ` : ''}en los artículos. Así cuentan, con sus propias palabras, lo que se dijo:`,
    notOnTopic: (name, about) => `${name} no dice nada sobre ${about} en los artículos.`,
    notOnThatTopic: (name) => `${name} aparece en los artículos, pero no sobre ese tema.`,
    tooLong: (kind, words) => `Demasiado larga para mostrarla entera aquí (${kind}, ${number(words)} palabras).`,
    newestFirst: 'lo más reciente primero',
  },

  reactions: {
    title: (about) => `Reacciones: ${about}`,
    group: { support: 'A favor', oppose: 'En contra', concern: 'Preocupación', neutral: 'Comentarios' },
    none: 'No se encontraron reacciones.',
    noneThen: 'No hay reacciones en los artículos de ese periodo.',
    readFrom: 'postura según las palabras del artículo',
  },

  topics: {
    title: 'Temas',
    summary: (labels) => `Temas: ${labels}`,
    also: (names) => ` (también ${list(names)})`,
    latest: (n, day) => ` — ${articles(n)}, el más reciente del ${day}`,
    choose: 'Resumen de un tema',
    undated: 'Los artículos sin fecha cuentan por el día en que se leyeron.',
  },

  speakers: {
    title: 'Voces',
    summary: (names) => `Voces: ${names}`,
    choose: 'Lo que alguien dijo',
    group: ' (grupo)',
    unnamed: ' (sin identificar)',
  },

  context: {
    none: 'Ninguna cita tiene ese comprobante.',
    noneSuch: (receipt) => [
      'Ninguna cita tiene el comprobante ',
      receipt,
      '. Es la palabra que empieza por q en la letra pequeña de una cita; o pulsa En contexto debajo de una.',
    ],
    summary: (name, label) => `${name}, en contexto: ${label}`,
    paragraph: (n, of) => `párrafo ${n} de ${of}`,
    receipt: 'Comprobante ',
    kind: { direct: 'cita directa', partial: 'cita parcial', indirect: 'paráfrasis' },
    noMention: 'sin mención',
    standing: {
      withdrawn:
        'Retirado: este artículo ya no aparece en ninguna respuesta. Lo que decía se muestra aquí tal como se leyó.',
      kept: 'Esta es una versión anterior del artículo. Las mismas palabras están en su versión más reciente.',
      given: (name) =>
        `Corregido: esta es una versión anterior del artículo. Su versión más reciente atribuye estas palabras a ${name}.`,
      edited: 'Editado: esta es una versión anterior del artículo. En su versión más reciente la cita dice:',
      unread:
        'Esta es una versión anterior del artículo, o una lectura anterior. Las palabras siguen en la más reciente, pero el bot no está seguro de que sean una cita.',
      removed: 'Eliminado: esta es una versión anterior del artículo. La cita ya no está en su versión más reciente.',
    },
    proof: ({ mention, cue, percent, rule, start, end, hash, verify }) => [
      'Atribución leída de ',
      mention,
      ...(cue ? [' y ', cue] : []),
      ` · confianza ${percent} % · regla ${rule} · caracteres ${start} a ${end} de la fuente `,
      hash,
      ' · compruébalo de nuevo: ',
      verify,
    ],
  },

  help: {
    about:
      'Resúmenes breves de tus artículos. Las palabras entre comillas están así en la fuente, carácter por carácter y en su idioma original; cuando no es seguro quién habló, el bot lo dice.',
    managing: 'Para quienes administran este canal o servidor:',
    privately: `Las respuestas son privadas hasta que pulsas Compartir. Las palabras sueltas llenan la primera opción: ${command('brief')} cartels, ${command('quote')} trump.`,
    summary: 'Pullquote: lo que el bot sabe hacer',
    brief: (about) => `Resumen: ${about}`,
    quotes: (name) => `Citas: ${name}`,
  },

  schedule: {
    examples: scheduleExamples,
    isSet: (id) => `El boletín #${id} está listo`,
    isSetFor: (id, times, zone) => `El boletín #${id} está listo: ${times}, ${zone}.`,
    to: (where, times, zone) => ` en ${where}, ${times}, ${zone}.`,
    next: 'Próximas publicaciones: ',
    nextInLine: ' · próximas: ',
    beforeFirst: 'Antes de la primera publicación: ',
    preview: 'Vista previa',
    postNow: 'Publicar uno ahora',
    remove: 'Quitar',
    resume: 'Reanudar',
    undo: 'Deshacer',
    theDay: 'el día',
    thisTerminal: 'esta terminal',
    channel: (id) => `el canal ${id}`,
    none: 'Todavía no hay boletines.',
    noneMakeOne: (example) => ['Todavía no hay boletines. Crea uno con ', example, '.'],
    example: `${command('schedule add')} diario 08:00`,
    title: 'Boletines',
    more: (n) => `y ${n} más`,
    line: (where, times, zone) => ` en ${where} — ${times}, ${zone}`,
    last: (state, outcome) => ` · último: ${state}${outcome ? `, ${outcome}` : ''}`,
    language: (name) => ` · idioma: ${name}`,
    postedIn: (name) => `Idioma: ${name}. Se cambia con ${command('schedule language')}.`,
    speaks: (id, name) => `A partir de ahora el boletín #${id} se publica en este idioma: ${name}.`,
    paused: (id) => `El boletín #${id} está en pausa.`,
    pausedMeans: (id) => `El boletín #${id} está en pausa. Lo que toque publicar mientras tanto no se publica después.`,
    active: (id) => `El boletín #${id} está activo.`,
    activeAgain: (id) => `El boletín #${id} vuelve a estar activo.`,
    removed: (id) => `Se quitó el boletín #${id}.`,
    removedThat: (id, what, times) => `Se quitó el boletín #${id} (${what}, ${times}).`,
    noSuch: (id) => `Aquí no hay ningún boletín #${id}. ${command('schedule list')} los muestra.`,
    belongsTo: (id, where) =>
      `El boletín #${id} es de otro canal: ${where}. Pregunta allí, o a alguien que administre.`,
    state: { active: 'activo', paused: 'en pausa', failed: 'detenido por un fallo' },
    result: {
      claimed: 'en curso',
      delivered: 'entregado',
      skipped: 'omitido',
      failed: 'fallido',
      uncertain: 'incierto',
    },
    needsName: (isSpeaker, kind) =>
      `${option('schedule add', 'topic')}: se esperaba ${isSpeaker ? 'un nombre' : 'un tema'} porque el tipo es ${commands['schedule add.kind']?.choices?.[kind] ?? kind}; no se recibió nada.`,
    wrongTimes: (problem) => `${option('schedule add', 'times')}: ${problem}`,
    wrongQuiet: (got) =>
      `${option('schedule add', 'quiet')}: se esperaban dos horas distintas del día, como "22:00-07:00", se recibió ${got}.`,
    wrongZone: (got, near) =>
      `${option('schedule add', 'zone')}: se esperaba una zona horaria IANA como America/Mexico_City, se recibió ${got}.${near ? ` ¿Quisiste decir ${near}?` : ''}`,
    notConnected: (platform) => `${platform} no está conectado aquí, así que no se publicó nada.`,
    posted: (where) => `Publicado en ${where}.`,
    notPosted: (where, reason) => `No se publicó en ${where}: ${reason}`,
    postedInPart: (where, reason) => `Solo se publicó una parte en ${where}: ${reason}`,
  },

  times: {
    every: (what) => `cada ${what}`,
    hours: (n) => (n === 1 ? 'hora' : `${n} horas`),
    minutes: (n) => (n === 1 ? 'minuto' : `${n} minutos`),
    range: (from, to) => ` de ${from} a ${to}`,
    at: (days, times) => `${days} a ${times[0]?.startsWith('01:') ? 'la' : 'las'} ${list(times)}`,
    everyDay: 'todos los días',
    weekdays: 'de lunes a viernes',
    weekend: 'los sábados y domingos',
    days: (days) => `los ${list(days.map((day) => DAY_NAMES[day] ?? ''))}`,
    inMonths: (months) => ` en ${list(months.map((month) => MONTH_NAMES[month - 1] ?? ''))}`,
    monthDays(days, ofSome) {
      const [first] = days;
      const month = ofSome ? 'del mes' : 'de cada mes';
      if (days.length === 1 && first?.last) return `el último día ${month}`;
      const said = days.map(({ day, last, orLast }) =>
        last ? 'el último' : `${day}${orLast ? ' (o el último)' : ''}`,
      );
      return `${days.length === 1 ? 'el día' : 'los días'} ${list(said)} ${month}`;
    },
    either: (week, month) => `${week} y ${month}`,
    both: (week, month) => `${week} si es ${month}`,
    tryTimes: `Prueba: ${scheduleExamples}`,
    tooLong: (most, got) => `se esperaban como máximo ${most} caracteres, se recibieron ${got}`,
    nothing: 'se esperaba un horario como "diario 08:00", no se recibió nada',
    tooOften: (minutes, got) =>
      `se esperaban al menos ${minutes} minutos entre dos publicaciones, se recibió "${got}". Prueba: cada 30m`,
    never: (got) => `se esperaba un día que exista, se recibió "${got}", que nunca llega`,
    unknown: (got) => `se esperaban días y horas como "días laborables 07:30", se recibió "${got}"`,
    didYouMean: (word) => `¿Quisiste decir "${word}"?`,
    everyWhat: (got) => `se esperaba "cada" con horas o minutos, se recibió "${got}"`,
    tryEvery: 'Prueba: cada 2h, cada 30m',
    pace: (minutes) => `se esperaba un ritmo que divida el día en partes iguales, se recibió cada ${minutes} minutos`,
    tryPaces: 'Prueba: cada 30m, cada 2h, cada 3h, cada 4h, cada 6h, cada 12h',
    monthDay: (got) => `se esperaba un día del mes del 1 al 31 o "último", se recibió "${got}"`,
    tryMonthly: 'Prueba: mensual 1 09:00',
    paceOrTimes: (got) => `se esperaba un ritmo o unas horas del día, se recibieron ambos en "${got}"`,
    tryPaceOrTimes: 'Prueba: cada hora 9-17, diario 9:00,17:00',
    rangeOnly: (got) => `se esperaba un ritmo para ese intervalo, se recibió solo "${got}"`,
    tryRange: 'Prueba: cada hora 9-17, cada 2h 9-17',
    noTime: (got) => `se esperaba una hora del día, se recibió solo "${got}"`,
    tryTime: (days) => `Prueba: ${days ?? 'diario'} 08:00`,
    tooMany: (most, got) => `se esperaban como máximo ${most} horas, se recibieron ${got}`,
    cron: (field, from, to, got) =>
      `${{ minute: 'minuto', hour: 'hora', monthDay: 'día del mes', month: 'mes', weekday: 'día de la semana' }[field]}: se esperaba de ${from} a ${to}, *, una lista, un intervalo o */n, se recibió "${got}"`,
    tryCron: 'Prueba: 0 8 * * 1-5',
    zone: (got) => `${option('schedule add', 'zone')}: se esperaba una zona horaria IANA, se recibió "${got}"`,
    quiet: (got) => `${option('schedule add', 'quiet')}: se esperaban horas como "22:00-07:00", se recibió "${got}"`,
  },

  setup: {
    summary: (n, question) => `Configuración, paso ${n} de 4: ${question}`,
    heading: (n, question) => `Configuración ${n} de 4: ${question}`,
    where: '¿Dónde se publican los boletines?',
    here: (channel) => `Aquí (${channel})`,
    thisChannel: 'este canal',
    anotherChannel: 'Otro canal',
    notYet: 'No se publica nada hasta que termines.',
    cannotPost: 'El bot todavía no puede publicar ahí',
    missing: 'Falta: ',
    retry: 'Reintentar',
    chooseAnother: 'Elegir otro canal',
    when: '¿Cuándo?',
    yourZone: (zone) => `Las horas son de ${zone}, tu zona horaria.`,
    botZone: (zone) => `Las horas son de ${zone}, la zona del bot; ${command('schedule add')} acepta otra.`,
    chooseTime: 'Elige una hora',
    times: ['diario 07:00', 'diario 08:00', 'diario 09:00', 'días laborables 08:00', 'diario 18:00', 'lunes 09:00'],
    otherTimes: 'Otro horario',
    about: '¿Sobre qué?',
    chooseTopic: 'Elige un tema',
    everything: 'todo',
    everythingTheDay: 'Todo: el día',
    ready: 'Todo listo',
    labels: { where: 'Dónde', when: 'Cuándo', what: 'Qué', language: 'Idioma' },
    first: (at) => [' (el primero: ', at, ')'],
    start: 'Empezar',
    seeFirst: 'Ver antes un resumen',
    inThisLanguage: 'En español',
    after: (now, all) => [
      'Después de empezar: ',
      now,
      ' publica el primero, ',
      all,
      ' muestra las próximas tres publicaciones.',
    ],
  },

  sources: {
    title: 'Fuentes',
    inAll: (n, isLoading) => `${articles(n)} en total.${isLoading ? ' Todavía se están leyendo.' : ''}`,
    fromOperator: ' — de quien gestiona el bot',
    unread: (n) => `${agreeing(n, 'No se pudo leer', 'No se pudieron leer')} ${files(n)}`,
    kind: { path: 'ruta', feed: 'canal RSS', page: 'página', list: 'lista de canales RSS' },
    nextTry: ' · próximo intento: ',
    state: { ok: 'bien', failing: 'falla', paused: 'en pausa' },
    unknown: 'motivo desconocido',
    line: (of) => [
      ` — ${of.kind}, ${articles(of.articles)}, ${of.state} · #${of.id} · última revisión: `,
      of.checked ?? 'todavía ninguna',
      ...(of.next ? [' · próximo intento: ', of.next] : []),
    ],
    here: 'Esa fuente ya está aquí.',
    hereAlready: 'Esa fuente ya está aquí: ',
    wrongAddress: `${option('sources add', 'address')}: se esperaba la dirección de un canal RSS o de una página, como https://example.com/feed.xml.`,
    saveIt: (name, holds) => `${name}: ${holds}. ¿La guardas?`,
    now: (kind, holds) => `${kind} · ${holds} ahora`,
    add: 'Añadirla',
    addedShort: (name) => `Fuente añadida: ${name}.`,
    added: (name, remove) => [
      'Fuente añadida: ',
      name,
      '. Sus artículos llegan en un minuto y solo se ven aquí. Quítala con ',
      remove,
      '.',
    ],
    addedList: (name, remove) => [
      'Lista añadida: ',
      name,
      '. Cada uno de sus canales pasa a ser una fuente en un minuto, y solo se ve aquí. Quita la lista con ',
      remove,
      ', y sus canales uno por uno.',
    ],
    noSuch: (id) =>
      `No hay ninguna fuente #${id} de este servidor o espacio de trabajo. ${command('sources list')} las muestra.`,
    removedShort: (name) => `Fuente quitada: ${name}.`,
    removed: (name) => ['Fuente quitada: ', name, '. Los artículos ya leídos se conservan.'],
    failsShort: (name) => `No se puede leer ${name}.`,
    fails: (name, reason) => `No se puede leer ${name}: ${reason}`,
    keepsTrying: `El bot lo sigue intentando, cada vez con menos frecuencia. ${command('sources list')} muestra cómo va.`,
  },

  status: {
    title: 'Estado',
    corpus: 'Contenido',
    holds: (stats, isLoading) =>
      ` ${isLoading ? 'leyéndose; ' : ''}${articles(stats.articles)}, ${quotes(stats.quotes)}, ${paraphrases(stats.paraphrases)}, ${speakers(stats.speakers)}, ${stories(stats.stories)}`,
    platforms: 'Plataformas',
    briefings: 'Boletines',
    active: (active, others) =>
      ` ${active} ${agreeing(active, 'activo', 'activos')}${others > 0 ? `, ${others} en pausa o ${agreeing(others, 'detenido', 'detenidos')}` : ''}`,
    next: (id, where, at) => [`próximo: #${id} en ${where}, `, at],
    clock: 'Reloj',
    lastTick: ' última revisión ',
    notTicking: ' todavía sin revisiones',
    notRead: 'Sin leer',
    whatWentWrong: 'Qué salió mal',
    nothingWrong: 'Que el bot sepa, nada salió mal.',
    failing: 'falla',
    briefing: (id) => `Boletín #${id}`,
  },

  privacy: {
    kept: 'Boletines (canal, horario, quién los creó), fuentes añadidas aquí y sus artículos, el registro de lo publicado, los errores señalados desde aquí (no por quién) y, en Slack, la instalación',
    title: 'Lo que el bot guarda de aquí',
    summary: (nBriefings, nSources) => `Lo que el bot guarda de aquí: ${briefings(nBriefings)}, ${sources(nSources)}.`,
    never: (kept) =>
      `${kept}. Nunca lo que escriben los miembros, salvo la nota que alguien envía al señalar un error.`,
    none: 'nada',
    longExport: (characters) =>
      `La exportación completa tiene ${number(characters)} caracteres; quien gestiona el bot puede entregarla como archivo con pullquote export.`,
    deletesShort: 'Esto borra todo lo que el bot guarda de aquí. Pulsa Borrarlo todo para continuar.',
    deletes: (kept) => `Esto borra lo que el bot guarda de aquí: ${kept}. No se puede deshacer.`,
    deleteAll: 'Borrarlo todo',
    deletedShort: 'Borrado.',
    deleted: 'Borrado: todo lo que el bot guardaba de este servidor o espacio de trabajo.',
  },

  report: {
    title: 'Señalar un error',
    count: nouns('error señalado', 'errores señalados'),
    wrong: {
      speaker: 'No lo dijo esa persona',
      quote: 'No es una cita',
      stance: 'La postura es otra',
      other: 'Otra cosa',
    },
    reported: (what) => `Señalado: ${what.toLowerCase()}`,
    times: (n) => `${n} veces`,
    nothing: 'No se encontró nada que señalar.',
    nothingFor: (about) => [
      'No se encontró nada para ',
      about,
      '. Un comprobante es la palabra que empieza por q debajo de una cita: pulsa En contexto.',
    ],
    that: 'eso',
    whichPassage: 'Señalar un error: ¿qué pasaje?',
    which: '¿Qué pasaje está mal?',
    choose: 'Elige un pasaje',
    more: (n) => `${n} más: pulsa En contexto debajo de la cita y luego Señalar un error`,
    otherIn: (story) => `Otra cosa: ${story}`,
    whatOf: (name) => `Señalar un error: ¿qué está mal en estas palabras? (${name})`,
    what: '¿Qué está mal?',
    privately:
      'Llega a quienes gestionan el bot, con el comprobante. No se guarda quién lo señala, solo lo que envías.',
    tooMany: 'Son muchos avisos en una hora. Gracias; sigue un poco más tarde, por favor.',
    thanksShort: (what) => `Señalado: ${what.toLowerCase()}. Gracias.`,
    done: 'Señalado. ',
    thanks: (what, about) => [`Gracias: ${what.toLowerCase()}, `, about, '.'],
    again: (n) => `Señalado ${n} veces hasta ahora. Cuenta una vez más.`,
    isTold:
      'Se avisa a quienes gestionan el bot. La cita conserva su comprobante, para encontrar el error y evitar que se repita.',
    noticeShort: (what, about) => `Alguien señaló un error: ${what.toLowerCase()}, ${about}`,
    notice: 'Alguien señaló un error',
    line: (id, about, all) => [about, ` · aviso ${id} · `, all, ' los muestra todos'],
  },

  correction: {
    corrected: 'Corregido ',
    because: (passages) =>
      passages === 1
        ? '. La fuente cambió después de esta publicación: se quitó un pasaje que ya no está allí tal como se mostró.'
        : `. La fuente cambió después de esta publicación: se quitaron ${passages} pasajes que ya no están allí tal como se mostraron.`,
    short: (summary) => `Corregido: ${summary}`,
    title: 'Corrección',
    noticeShort: (passages) =>
      `Corrección: ${passages === 1 ? 'un pasaje de esta publicación ya no está' : `${passages} pasajes de esta publicación ya no están`} en la fuente.`,
    notice: (passages) =>
      `La fuente cambió después de esta publicación. ${passages === 1 ? 'Un pasaje ya no está allí tal como se mostró' : `${passages} pasajes ya no están allí tal como se mostraron`}:`,
    sentence: 'Una frase del artículo',
    found: 'detectado ',
  },

  owner: {
    briefing: (id, times, where) => `boletín #${id} (${times}, ${where})`,
    stopped: 'Un boletín se detuvo',
    stoppedShort: (briefing, reason) => `Tu ${briefing} se detuvo: ${reason}`,
    stoppedBecause: (briefing, reason) => ['Tu ', briefing, ` no se puede publicar: ${reason}`],
    resumeWith: (id) =>
      `Su configuración se conserva. Cuando esté resuelto: ${command('schedule resume')} ${option('schedule resume', 'id')}:${id}`,
    missed: 'No se publicó una edición',
    missedShort: (briefing, reason) => `No se publicó una edición de tu ${briefing}: ${reason}`,
    missedBecause: (briefing, reason) => ['De tu ', briefing, `: ${reason}`],
    goesOn: `El boletín continúa. Si vuelve a pasar lo mismo no se te avisará cada vez; ${command('status')} ${option('status', 'why')}:sí lo muestra.`,
  },

  discord: {
    tooLong: (characters) =>
      `(${number(characters)} caracteres: demasiado largo para mostrarlo entero aquí, y las palabras citadas nunca se cortan.)`,
    askFor: (label) => `${label}: escribe `,
    moreParts: (n) =>
      `${agreeing(n, `Falta ${n} parte que no cabe`, `Faltan ${n} partes que no caben`)} aquí. Pide algo más concreto.`,
    oldButton: `Este botón es de una versión anterior y ya no funciona. Vuelve a preguntar con un comando; ${command('help')} los muestra todos.`,
    failed: 'No se pudo mostrar la respuesta. No se publicó ni cambió nada. Inténtalo de nuevo.',
    yes: 'Sí',
    no: 'No',
    rights: {
      viewChannel: 'Ver canal',
      sendMessages: 'Enviar mensajes',
      createPublicThreads: 'Crear hilos públicos',
      sendMessagesInThreads: 'Enviar mensajes en hilos',
      createPosts: 'Crear publicaciones',
      sendMessagesInPosts: 'Enviar mensajes en publicaciones',
      embedLinks: 'Insertar enlaces',
    },
    grant: (right, place) =>
      `Al bot le falta el permiso “${right}” en ${place}. Concédelo ahí: Editar canal → Permisos → añade el rol del bot → permite “${right}”.`,
    channelGone: (id) => `El canal ${id} ya no existe, o está en un servidor sin el bot. Elige otro.`,
    notForMessages: (place) =>
      `${place} no es un canal para mensajes. Elige un canal de texto, de anuncios o de foro, o un hilo.`,
    threadLocked: (place) => `El hilo ${place} está bloqueado. Desbloquéalo o elige otro lugar.`,
    notInServer: 'El bot ya no está en este servidor. Invítalo de nuevo.',
    inTimeOut: (until) => `El bot está en aislamiento temporal aquí hasta ${until}. Quítaselo para que pueda publicar.`,
    notChecked: 'No se llega a Discord, así que no se pudo revisar el canal. Inténtalo de nuevo en un minuto.',
  },

  slack: {
    tooLong: (who) => `${who}: estas palabras son demasiado largas para mostrarlas enteras en Slack.`,
    partTooLong: 'Una parte es demasiado larga para mostrarla entera en Slack.',
    moreElsewhere: 'Hay más de lo que cabe aquí. Pregunta en un canal para verlo todo.',
    moreParts: (left) =>
      `${agreeing(left, `Queda ${left} parte que no cabe`, `Quedan ${left} partes que no caben`)} aquí. Pide menos de una vez, por ejemplo un tema o una persona.`,
    part: (n, of) => `(${n} de ${of})`,
    shared: 'Compartido en el canal.',
    notShared: (handle) => `No se pudo compartir ahí. Escribe /invite @${handle} en ese canal y vuelve a intentarlo.`,
    oldButton: `Este botón es de una versión anterior y ya no funciona. Vuelve a preguntar; ${command('help')} muestra lo que hay.`,
    nothingToShow: 'Nada que mostrar.',
    unknownTime: 'una hora desconocida',
    oneMoment: 'Un momento…',
    notAnswered: 'Pullquote no pudo responder esta vez.',
    notAnsweredWhy:
      'Pullquote no pudo responder esta vez. Inténtalo de nuevo; quien lo gestiona encuentra el motivo en el registro.',
    submit: 'Aceptar',
    cancel: 'Cancelar',
    close: 'Cerrar',
    typeToSearch: 'Escribe para buscar',
    forExample: (example) => `Por ejemplo: ${example}`,
    yes: 'sí',
    no: 'no',
    choose: (what) => `Elegir ${what}`,
    directMessage: 'mensaje directo',
    home: {
      title: 'Empieza aquí',
      intro: (every, handle) =>
        `Pregunta en cualquier canal con un comando; solo tú ves la respuesta hasta que pulsas Compartir. Todos los comandos funcionan también como primera palabra de ${every}, por ejemplo ${every} estado. Para publicar boletines en un canal, escribe antes allí /invite @${handle}.`,
      setUp: 'Configurar',
      tryIt: 'Pruébalo: el resumen de hoy',
      findQuote: 'Buscar una cita',
    },
    noScope:
      'A la app le falta el permiso chat:write. Añádelo en OAuth & Permissions y después vuelve a instalar la app.',
    notInstalled: 'Pullquote ya no está instalado en este espacio de trabajo. Añádelo de nuevo primero.',
    notChecked: 'Slack no respondió, así que no se pudo revisar el canal. Pulsa Reintentar.',
    archived: (name) => `#${name} está archivado. Desarchívalo o elige otro canal.`,
    notIn: (name, handle) =>
      `Pullquote no está en #${name}. Escribe /invite @${handle} en ese canal y luego pulsa Reintentar.`,
    cannotSee: (handle) =>
      `Pullquote no puede ver ese canal. Escribe /invite @${handle} en ese canal y luego pulsa Reintentar.`,
  },

  terminal: {
    welcome: `Pullquote. Prueba ${command('brief')} cartels, ${command('quote')} trump, ${command('topics')} o ${command('help')}; un número pulsa un botón; /quit termina.`,
    starting: 'Todavía está arrancando. Inténtalo de nuevo en un momento.',
    noButton: (n) => `No hay ningún botón [${n}] en la última respuesta.`,
  },

  reason: (reason) => REASONS.reduce((words, [pattern, meaning]) => words.replace(pattern, meaning), reason),
});
