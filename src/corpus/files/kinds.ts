/** Which files of a folder are articles, which stand beside them, and what to do with those of a kind that is not read. */
import { basename } from 'node:path';

/** Kinds that are read, for messages. */
export const articleKinds = '.txt, .md, .html, .json, .jsonl, .csv, .xml';

/** Hidden, made by the system or a program for itself, or about the folder: passed over without a word. */
const notArticles =
  /^(?:\..*|.*~|~\$.*|.*\.(?:tmp|temp|swp|part|partial|crdownload|download|lock)|(?:read[-_ ]?me|licen[cs]e|copying|notice|changelog|contributing)(?:\.(?:md|markdown|txt|rst))?|thumbs\.db|desktop\.ini|icon\r|__macosx|node_modules|lost\+found|\$recycle\.bin|system volume information|@eadir)$/i;

/** False for hidden files, README, LICENSE and the like: a folder's articles are the others. */
export const isArticleFile = (name: string): boolean => !notArticles.test(basename(name));

const asText = 'save or export it as plain text (.txt)';
const asTable = 'export it as CSV (.csv)';
const unpack = 'unpack it into the folder';
const noText = 'it has no text to read; move it elsewhere';
const noNews = 'it is no article; move it elsewhere';

const unread: readonly (readonly [extensions: string, kind: string, instead: string])[] = [
  ['pdf', 'a PDF document', asText],
  ['doc docx docm dot dotx odt rtf pages wpd wps', 'a word processor document', asText],
  ['epub mobi azw azw3 djvu xps', 'an electronic book', asText],
  ['xls xlsx xlsm xlsb ods numbers', 'a spreadsheet', asTable],
  ['ppt pptx odp key', 'slides', asText],
  ['eml msg mbox emlx pst', 'an e-mail', 'save its text as plain text (.txt)'],
  ['mht mhtml webarchive maff', 'a page saved in one file with its pictures', 'save it as HTML (.html)'],
  ['zip tar tgz tbz2 txz 7z rar jar dmg iso cab', 'an archive', unpack],
  ['bz2 xz zst lz4 lzma br z', 'a packed file', 'unpack it, or pack it with gzip (.gz)'],
  ['jpg jpeg png gif webp heic heif bmp tif tiff svg psd ai raw ico avif', 'a picture', noText],
  ['mp3 m4a wav flac ogg opus aac wma mp4 m4v mov avi mkv webm wmv srt vtt', 'a recording', noText],
  ['url webloc desktop lnk', 'a link to a page', 'put its address into CORPUS'],
  ['opml', 'a list of feeds', 'name this very file in CORPUS, and its feeds are read'],
  ['sqlite sqlite3 db mdb accdb parquet avro feather arrow orc pickle pkl', 'a database', 'export it as CSV or JSONL'],
  ['yaml yml toml ini cfg conf env plist properties lock', 'a file of settings', noNews],
  [
    'js mjs cjs ts tsx jsx css scss less py pyc rb php java class c cc cpp h hpp cs go rs swift kt sh bash ps1 bat cmd sql r ipynb map wasm',
    'a program’s source',
    noNews,
  ],
  ['exe dll so dylib bin dat msi apk deb rpm', 'a program', noNews],
  ['ttf otf woff woff2 eot', 'a typeface', noNews],
  ['tex bib', 'a LaTeX document', asText],
];

const kinds = new Map(
  unread.flatMap(([extensions, kind, instead]) =>
    extensions.split(' ').map((extension) => [extension, `${kind} (.${extension}) is not read: ${instead}`] as const),
  ),
);

/** Why a file of this name is not read and what to do instead; undefined where its name does not tell. */
export function unreadKind(name: string): string | undefined {
  const parts = basename(name).toLowerCase().split('.').slice(1);
  // "news.tar.gz" is an archive, "news.jsonl.gz" is not.
  if (parts.at(-1) === 'gz') parts.pop();
  return kinds.get(parts.at(-1) ?? '');
}
