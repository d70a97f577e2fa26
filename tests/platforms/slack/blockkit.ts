/**
 * What Slack takes as blocks, as one strict schema: limits as its reference states them, unknown keys refused.
 * Written from the reference and not from our renderer, so that the two can disagree.
 *
 * @see https://docs.slack.dev/reference/block-kit
 */
import { z } from 'zod';

const words = (most: number) => z.string().min(1).max(most);
const id = words(255).optional();
const plain = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: words(most), emoji: z.boolean().optional() });
const mrkdwn = (most: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: words(most), verbatim: z.boolean().optional() });
const anyText = (most: number) => z.discriminatedUnion('type', [plain(most), mrkdwn(most)]);
const url = z
  .string()
  .max(3000)
  .regex(/^https?:\/\//, 'only http and https links');

// ------------------------------------------------------------------ elements

const option = z.strictObject({ text: plain(75), value: words(150), description: plain(75).optional() });
const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: id,
  value: words(2000).optional(),
  url: url.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: words(75).optional(),
});
const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  action_id: id,
  placeholder: plain(150).optional(),
  options: z.array(option).min(1).max(100),
  initial_option: option.optional(),
});
const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  action_id: id,
  placeholder: plain(150).optional(),
  min_query_length: z.int().min(0).optional(),
  initial_option: option.optional(),
});
const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  action_id: id,
  placeholder: plain(150).optional(),
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: z
    .strictObject({
      include: z.array(z.enum(['im', 'mpim', 'private', 'public'])).optional(),
      exclude_external_shared_channels: z.boolean().optional(),
      exclude_bot_users: z.boolean().optional(),
    })
    .optional(),
});
const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: id,
  placeholder: plain(150).optional(),
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
});
const numberInput = z.strictObject({
  type: z.literal('number_input'),
  action_id: id,
  is_decimal_allowed: z.boolean(),
  placeholder: plain(150).optional(),
  initial_value: z.string().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
});
const select = z.discriminatedUnion('type', [staticSelect, externalSelect, conversationsSelect]);
const interactive = z.discriminatedUnion('type', [button, staticSelect, externalSelect, conversationsSelect]);

// ------------------------------------------------------------------ rich text

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
  })
  .optional();
const richInline = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: words(40_000), style }),
  z.strictObject({
    type: z.literal('link'),
    url,
    text: words(40_000).optional(),
    unsafe: z.boolean().optional(),
    style,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string().regex(/\{(date|time|ago|day)[a-z_]*\}/, 'a date format holds a token'),
    url: url.optional(),
    fallback: words(1000).optional(),
    style,
  }),
]);
const inlines = z.array(richInline).min(1);
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: inlines });
const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: id,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        richSection,
        z.strictObject({ type: z.literal('rich_text_quote'), elements: inlines, border: z.int().optional() }),
        z.strictObject({ type: z.literal('rich_text_preformatted'), elements: inlines, border: z.int().optional() }),
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          indent: z.int().optional(),
          offset: z.int().optional(),
          border: z.int().optional(),
          elements: z.array(richSection).min(1),
        }),
      ]),
    )
    .min(1),
});

// ------------------------------------------------------------------ blocks

const header = z.strictObject({ type: z.literal('header'), block_id: id, text: plain(150) });
const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: id,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: interactive.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text || block.fields, 'a section needs text or fields');
const context = z.strictObject({
  type: z.literal('context'),
  block_id: id,
  elements: z.array(anyText(3000)).min(1).max(10),
});
const divider = z.strictObject({ type: z.literal('divider'), block_id: id });
const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: id,
  elements: z.array(interactive).min(1).max(25),
});
const input = z.strictObject({
  type: z.literal('input'),
  block_id: id,
  label: plain(2000),
  hint: plain(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion('type', [textInput, numberInput, ...select.options]),
});
const block = z.discriminatedUnion('type', [header, section, context, divider, actions, input, richText]);
const blocksUpTo = (most: number) => z.array(block).max(most).superRefine(uniqueIds);

function uniqueIds(blocks: readonly z.infer<typeof block>[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const one of blocks) {
    if (one.block_id && seen.has(one.block_id)) context.addIssue(`block_id ${one.block_id} twice`);
    if (one.block_id) seen.add(one.block_id);
    if (one.type !== 'actions') continue;
    const actionIds = one.elements.map((element) => element.action_id).filter(Boolean);
    if (new Set(actionIds).size !== actionIds.length) context.addIssue('an action_id twice in one block');
  }
}

// ------------------------------------------------------------------ surfaces

const message = blocksUpTo(50);
const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    blocks: blocksUpTo(100),
    private_metadata: z.string().max(3000).optional(),
    callback_id: id,
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    external_id: id,
  })
  .refine((view) => view.submit || !view.blocks.some((one) => one.type === 'input'), 'a form needs a submit button');
const home = z.strictObject({
  type: z.literal('home'),
  blocks: blocksUpTo(100),
  private_metadata: z.string().max(3000).optional(),
  callback_id: id,
  external_id: id,
});
export const metadata = z.strictObject({
  event_type: z.string().regex(/^[A-Za-z0-9_]{1,255}$/),
  event_payload: z.record(z.string(), z.unknown()),
});

const problemsOf = (schema: z.ZodType, value: unknown): string[] => {
  const read = schema.safeParse(value);
  return read.success ? [] : read.error.issues.map((issue) => `${issue.path.join('/')}: ${issue.message}`);
};
export const messageProblems = (blocks: unknown): string[] => problemsOf(message, blocks);
export const viewProblems = (view: unknown): string[] =>
  problemsOf((view as { type?: string } | null)?.type === 'home' ? home : modal, view);
export const metadataProblems = (value: unknown): string[] => problemsOf(metadata, value);

/**
 * The undocumented sum over all blocks; `msg_blocks_too_long` beyond it. Measured by others at 13,200 characters with
 * markdown blocks and below 11,400 shown characters with rich text, so the whole JSON is counted here.
 * @see https://github.com/slackapi/bolt-js/issues/2509 and https://github.com/slackapi/bolt-js/issues/2867
 */
export const tooLongTogether = (blocks: unknown): boolean => JSON.stringify(blocks).length > 13_200;
