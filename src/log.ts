/** JSON lines on standard error. Never a token, never a member's message. */
import { type DestinationStream, pino } from 'pino';

/** Fields, then words. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Field names whose values are never written, wherever they stand. */
const SECRET_NAMES = ['token', 'secret', 'password', 'authorization', 'cookie', 'signature', 'apikey', 'privatekey'];
/** Shapes of secrets inside other text: an error's message, an address. */
const SECRETS: readonly RegExp[] = [
  /\bxox[a-z]-[\w-]{4,}/gi, // Slack bot and user tokens
  /\bxapp-[\w-]{4,}/gi, // Slack app-level tokens
  /\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g, // Discord bot tokens: id, time, signature
  /(?<=\/(?:webhooks|interactions)\/\d{1,20}\/)[\w-]{20,}/g, // Discord interaction tokens in addresses
  /(?<=:\/\/[^\s/:@]{0,100}:)[^\s@/]{1,200}(?=@)/g, // passwords in addresses
  /(?<=\b(?:Bot|Bearer) )[\w.-]{8,}/g,
];
const MASK = '[hidden]';
const LONGEST = 2000; // characters of one value

/** A log at `level` and above. */
export function createLog(level: string, to: DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => safe(fields, 0) as Record<string, unknown>,
      },
    },
    to,
  );
}

/** Removes what looks like a secret from a text. */
export function hideSecrets(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return SECRETS.reduce((safe, shape) => safe.replace(shape, MASK), short);
}

/** The fields as they may be written: bounded, without secrets, errors as name, message and stack. */
function safe(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return hideSecrets(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (depth > 4) return '…';
  if (value instanceof Error) return safeError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.slice(0, 20).map((one) => safe(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 50)
      .map(([name, field]) => [name, isSecretName(name) && field !== undefined ? MASK : safe(field, depth + 1)]),
  );
}

/** Only what tells the fault: clients hang whole requests, headers and all, on their errors. */
function safeError(error: Error, depth: number): object {
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    message: hideSecrets(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack: hideSecrets(error.stack ?? ''),
    ...(error.cause !== undefined && { cause: safe(error.cause, depth + 1) }),
  };
}

/** `apiToken`, `SLACK_SIGNING_SECRET`, `api_key`; not `delivery`, `keys`. */
function isSecretName(name: string): boolean {
  const words = name.split(/[_-]|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase());
  return words.some((word, i) => SECRET_NAMES.includes(word) || SECRET_NAMES.includes(word + (words[i + 1] ?? '')));
}
