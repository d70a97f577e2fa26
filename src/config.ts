/** The environment, read once. Every problem is reported at once, each with what was expected and what came. */
import { z } from 'zod';
import { isZone } from './zones.ts';

const zone = z.string().refine(isZone, {
  error: (issue) => `expected an IANA time zone such as "Europe/Paris", got ${JSON.stringify(issue.input)}`,
});
const address = z
  .httpUrl('expected an address such as "http://127.0.0.1:3000/api"')
  .or(z.string().regex(/^https?:\/\/[^\s]+$/, 'expected an http or https address'));
const secret = z.string().trim().min(1);

/** What `CORPUS` is when nobody has set it. */
export const SAMPLE = 'seeds';

const settings = z.object({
  CORPUS: z.string().default(SAMPLE),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'expected an address such as "postgres://user:password@host/database"')
    .optional(),
  DATA_DIR: z.string().min(1).default('data'),
  DISCORD_TOKEN: secret.optional(),
  DISCORD_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'expected the 64 hexadecimal digits of the application page')
    .optional(),
  DISCORD_API_URL: address.optional(),
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{1,20}$/, 'expected a server id, digits only')
    .optional(),
  SLACK_BOT_TOKEN: secret.optional(),
  SLACK_APP_TOKEN: secret.optional(),
  SLACK_SIGNING_SECRET: secret.optional(),
  SLACK_CLIENT_ID: secret.optional(),
  SLACK_CLIENT_SECRET: secret.optional(),
  SLACK_STATE_SECRET: secret.optional(),
  SLACK_API_URL: address.optional(),
  SLACK_COMMAND_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]{0,20}$/, 'expected up to 20 lower-case letters, digits, "-" or "_"')
    .default(''),
  /** Encrypts stored Slack installations; any long random text. */
  SECRET_KEY: z.string().min(16, 'expected at least 16 characters').optional(),
  /** Host names that feeds and pages may be fetched from although they resolve to private addresses. */
  ALLOW_HOSTS: z.string().default(''),
  PORT: z.coerce.number().int().min(0).max(65535).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  TIMEZONE: zone.default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
  /** Language of the terminal, BCP 47 or POSIX: `es`, `es_MX.UTF-8`. */
  LOCALE: z.string().default('en'),
  /** Where the bot says that it is unwell: `slack:T0123/C0456`, `discord:SERVER/CHANNEL`. */
  ALERT_CHANNEL: z
    .string()
    .regex(
      /^(discord|slack):[A-Za-z0-9]{1,30}\/[A-Za-z0-9]{1,30}$/,
      'expected a channel such as "slack:T0123/C0456" or "discord:SERVER/CHANNEL"',
    )
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Articles older than this are forgotten, with their quotes and receipts; unset keeps them. */
  RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  /** Your own table of people and offices, added to the shipped one. */
  GAZETTEER: z.string().optional(),
});

/** All settings, defaults filled in. Names are those of the environment, so that messages and code agree. */
export type Config = z.infer<typeof settings>;

/** A setting is wrong: `message` lists every problem, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads settings from an environment. Empty values count as unset, so `.env.example` can be copied as it is.
 * @throws ConfigError naming every wrong setting.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape).flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  // The machine's own language, in POSIX's order.
  given.LOCALE ??= environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || 'en';
  const result = settings.safeParse(given);
  const problems = result.success
    ? crossChecks(result.data)
    : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return result.data as Config;
}

function crossChecks(config: Config): string[] {
  const problems: string[] = [];
  const needs = (name: keyof Config, others: (keyof Config)[]) => {
    if (config[name] === undefined) return;
    for (const other of others)
      if (config[other] === undefined) problems.push(`${other}: expected a value because ${name} is set, got none`);
  };
  needs('SLACK_APP_TOKEN', ['SLACK_BOT_TOKEN']);
  if (config.SLACK_BOT_TOKEN && !config.SLACK_APP_TOKEN && !config.SLACK_SIGNING_SECRET)
    problems.push(
      'SLACK_APP_TOKEN: expected a value because SLACK_BOT_TOKEN is set (or SLACK_SIGNING_SECRET with PORT), got none',
    );
  needs('SLACK_SIGNING_SECRET', ['PORT']);
  needs('SLACK_CLIENT_ID', ['SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'SLACK_SIGNING_SECRET', 'SECRET_KEY']);
  needs('DISCORD_PUBLIC_KEY', ['PORT', 'DISCORD_TOKEN']);
  return problems;
}
