/** What Discord sends, read once where it enters: only the parts that we use, and nothing after this knows the rest. */
import { z } from 'zod';

const user = z.object({ id: z.string() });

export interface WireOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean | undefined;
  readonly focused?: boolean | undefined;
  readonly options?: readonly WireOption[] | undefined;
}
const option: z.ZodType<WireOption> = z.lazy(() =>
  z.object({
    name: z.string(),
    type: z.number(),
    value: z.union([z.string(), z.number(), z.boolean()]).optional(),
    focused: z.boolean().optional(),
    options: z.array(option).optional(),
  }),
);

/** A field of a form that was sent: a text input or a menu, alone or inside a label or row. */
export interface WireField {
  readonly custom_id?: string | undefined;
  readonly value?: string | undefined;
  readonly values?: readonly string[] | undefined;
  readonly component?: WireField | undefined;
  readonly components?: readonly WireField[] | undefined;
}
const field: z.ZodType<WireField> = z.lazy(() =>
  z.object({
    custom_id: z.string().optional(),
    value: z.string().optional(),
    values: z.array(z.string()).optional(),
    component: field.optional(),
    components: z.array(field).optional(),
  }),
);

/** An interaction, of any type; `data` holds what the types have. */
export const interaction = z.object({
  id: z.string(),
  application_id: z.string(),
  type: z.number(),
  token: z.string(),
  guild_id: z.string().optional(),
  channel_id: z.string().optional(),
  channel: z.object({ name: z.string().nullish() }).optional(),
  member: z.object({ user, permissions: z.string() }).optional(),
  user: user.optional(),
  locale: z.string().optional(),
  guild_locale: z.string().optional(),
  data: z
    .object({
      name: z.string().optional(),
      options: z.array(option).optional(),
      custom_id: z.string().optional(),
      values: z.array(z.string()).optional(),
      components: z.array(field).optional(),
      resolved: z
        .object({ channels: z.record(z.string(), z.object({ name: z.string().nullish() })).optional() })
        .optional(),
    })
    .optional(),
});
export type Interaction = z.infer<typeof interaction>;

export const interactionType = { ping: 1, command: 2, component: 3, autocomplete: 4, form: 5 } as const;
export const callbackType = { pong: 1, message: 4, deferred: 5, suggestions: 8, form: 9 } as const;

/** The first answer to an interaction. */
export interface Callback {
  readonly type: (typeof callbackType)[keyof typeof callbackType];
  readonly data?: unknown;
}

/** Permission bits; topics/permissions. */
export const right = {
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  embedLinks: 1n << 14n,
  readMessageHistory: 1n << 16n,
  createPublicThreads: 1n << 35n,
  sendMessagesInThreads: 1n << 38n,
} as const;

/** Channel types; resources/channel. */
export const channelType = {
  text: 0,
  dm: 1,
  announcement: 5,
  announcementThread: 10,
  thread: 11,
  privateThread: 12,
  forum: 15,
} as const;
export const isThread = (type: number): boolean =>
  type >= channelType.announcementThread && type <= channelType.privateThread;
