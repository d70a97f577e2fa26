/**
 * What Discord would refuse in a request body: its own specification (npm `discord-api-spec`), unknown keys, and the
 * rules that the specification leaves out (they span several fields). Each problem is one line; none means accepted.
 */
import * as spec from 'discord-api-spec/zod';

type Json = Record<string, unknown>;
type Schema = typeof spec.MessageCreateRequestSchema;

export type BodyKind =
  | 'message'
  | 'follow-up'
  | 'edit'
  | 'message edit'
  | 'thread change'
  | 'callback'
  | 'commands'
  | 'thread from message'
  | 'thread'
  | 'private channel';

const schemas: Readonly<Record<BodyKind, readonly Schema[]>> = {
  message: [spec.MessageCreateRequestSchema],
  'follow-up': [spec.IncomingWebhookRequestPartialSchema],
  edit: [spec.IncomingWebhookUpdateRequestPartialSchema],
  'message edit': [spec.MessageEditRequestPartialSchema],
  'thread change': [spec.UpdateThreadRequestPartialSchema],
  callback: [
    spec.PongInteractionCallbackRequestSchema,
    spec.CreateMessageInteractionCallbackRequestSchema,
    spec.UpdateMessageInteractionCallbackRequestSchema,
    spec.ApplicationCommandAutocompleteCallbackRequestSchema,
    spec.ModalInteractionCallbackRequestSchema,
  ],
  commands: [spec.ApplicationCommandUpdateRequestSchema],
  'thread from message': [spec.CreateTextThreadWithMessageRequestSchema],
  thread: [spec.CreateForumThreadRequestSchema],
  'private channel': [spec.CreatePrivateChannelRequestSchema],
};

/** @param v2 For an edit: the message already carries the Components V2 flag. */
export function checkBody(kind: BodyKind, body: unknown, v2 = false): string[] {
  if (kind === 'commands') return checkCommands(body);
  const problems = checkSchema(schemas[kind], body);
  if (problems.length > 0) return problems;
  const value = body as Json;
  switch (kind) {
    case 'message':
      return [...checkNonce(value), ...checkMessage(value, v2)];
    case 'follow-up':
    case 'edit':
    case 'message edit':
      return checkMessage(value, v2, kind !== 'follow-up');
    case 'callback':
      return checkCallback(value);
    case 'thread':
      return checkMessage(value.message as Json, false);
    default:
      return [];
  }
}

function checkSchema(candidates: readonly Schema[], body: unknown): string[] {
  const tried = candidates.map((schema) => schema.safeParse(body));
  const accepted = tried.filter((result) => result.success);
  if (accepted.length === 0)
    return [`spec: ${JSON.stringify(tried.map((result) => result.error?.issues)).slice(0, 1500)}`];
  const unknown = accepted.map((result) => unknownKeys(body, result.data));
  return unknown.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

/** Keys that the schema does not know: zod strips them, so they are missing from what it gives back. */
function unknownKeys(given: unknown, known: unknown, path = ''): string[] {
  if (Array.isArray(given))
    return given.flatMap((item, n) => unknownKeys(item, (known as unknown[])?.[n], `${path}[${n}]`));
  if (given === null || typeof given !== 'object') return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const place = path === '' ? key : `${path}.${key}`;
    if (known === null || typeof known !== 'object' || !(key in known)) return [`unknown key ${place}`];
    return unknownKeys(value, (known as Json)[key], place);
  });
}

const V2 = 1 << 15;

function checkMessage(message: Json, alreadyV2: boolean, edit = false): string[] {
  const problems: string[] = [];
  const v2 = alreadyV2 || (Number(message.flags ?? 0) & V2) !== 0;
  const components = (message.components ?? []) as Json[];
  const embeds = (message.embeds ?? []) as Json[];
  const content = message.content as string | undefined | null;
  const all = everyComponent(components);

  if (v2) {
    if (content) problems.push('content on a Components V2 message');
    if (embeds.length > 0) problems.push('embeds on a Components V2 message');
    if (all.length > 40) problems.push(`${all.length} components, nested ones counted: at most 40`);
    const characters = all.reduce((sum, one) => sum + (one.type === 10 ? String(one.content).length : 0), 0);
    if (characters > 4000) problems.push(`${characters} characters of text: at most 4000`);
    if (!edit && components.length === 0) problems.push('a Components V2 message without components');
  } else {
    if (components.some((one) => one.type !== 1)) problems.push('Components V2 without its flag');
    if (components.length > 5) problems.push(`${components.length} rows: at most 5`);
    if ((content ?? '').length > 2000) problems.push(`content of ${content?.length} characters: at most 2000`);
    const characters = embeds.reduce((sum, embed) => sum + embedSize(embed), 0);
    if (characters > 6000) problems.push(`${characters} characters over all embeds: at most 6000`);
    if (!edit && !content?.trim() && embeds.length === 0 && components.length === 0) problems.push('nothing to send');
  }
  for (const one of all) problems.push(...checkComponent(one));
  for (const key of ['custom_id', 'id']) {
    const values = all.map((one) => one[key]).filter((value) => value !== undefined && value !== 0);
    if (new Set(values).size !== values.length) problems.push(`the same ${key} twice: ${values.join(', ')}`);
  }
  if (!edit || components.length + embeds.length > 0 || content)
    if (JSON.stringify(message.allowed_mentions) !== '{"parse":[]}')
      problems.push('a message that could mention someone');
  return problems;
}

function checkComponent(one: Json): string[] {
  const problems: string[] = [];
  if (one.type === 2) {
    if (one.style === 5) {
      if (one.custom_id !== undefined) problems.push('a link button with a custom_id');
      if (!/^(https?|discord):\/\//.test(String(one.url))) problems.push(`a link button to ${one.url}`);
    } else if (one.url !== undefined) problems.push('a button with an address that is not a link button');
    else if (!one.custom_id) problems.push('a button without a custom_id');
    if (!one.label && !one.emoji) problems.push('a button without a label');
  }
  if (one.type === 3) {
    const options = one.options as Json[];
    const values = options.map((option) => option.value);
    if (new Set(values).size !== values.length) problems.push('a menu with the same value twice');
    if (options.some((option) => !String(option.label).trim())) problems.push('a choice without a label');
    const defaults = options.filter((option) => option.default).length;
    if (defaults > Number(one.max_values ?? 1)) problems.push('more defaults than may be picked');
  }
  if (one.type === 10 && !String(one.content).trim()) problems.push('an empty text');
  if (one.type === 1 && (one.components as Json[]).length > 1 && (one.components as Json[]).some((c) => c.type !== 2))
    problems.push('a menu that shares its row');
  for (const target of String(one.content ?? '').matchAll(/\]\(<?([a-z][a-z0-9+.-]*):/gi))
    if (!/^https?$/i.test(target[1] ?? '')) problems.push(`a link to ${target[1]}:`);
  return problems;
}

function embedSize(embed: Json): number {
  const texts = [embed.title, embed.description, (embed.footer as Json)?.text, (embed.author as Json)?.name];
  const fields = ((embed.fields ?? []) as Json[]).flatMap((field) => [field.name, field.value]);
  return [...texts, ...fields].reduce<number>((sum, value) => sum + String(value ?? '').length, 0);
}

function checkNonce(message: Json): string[] {
  if (message.nonce !== undefined && String(message.nonce).length > 25) return ['a nonce of more than 25 characters'];
  if (message.enforce_nonce === true && message.nonce === undefined) return ['enforce_nonce without a nonce'];
  return [];
}

function checkCallback(callback: Json): string[] {
  const data = (callback.data ?? {}) as Json;
  switch (callback.type) {
    case 4:
    case 7:
      return checkMessage(data, false);
    case 8: {
      const choices = (data.choices ?? []) as Json[];
      return choices.flatMap((choice) => {
        const name = String(choice.name);
        const long = name.length > 100 || String(choice.value).length > 100;
        return name.trim() === '' || long ? [`a choice of 0 or more than 100 characters: ${name}`] : [];
      });
    }
    case 9: {
      const components = data.components as Json[];
      const fields = everyComponent(components);
      const ids = fields.flatMap((one) => (one.custom_id === undefined ? [] : [one.custom_id]));
      return [
        ...(components.length > 5 ? [`a form of ${components.length} fields: at most 5`] : []),
        ...(new Set(ids).size === ids.length ? [] : ['a form with the same field twice']),
        ...fields.flatMap((one) =>
          String(one.label ?? '').length > 45 ? [`a label of more than 45: ${one.label}`] : [],
        ),
        ...fields.flatMap((one) => (one.type === 3 ? checkComponent(one) : [])),
      ];
    }
    default:
      return [];
  }
}

/** Every component with those inside it: rows, sections with their accessory, containers, labels. */
export function everyComponent(components: readonly Json[]): Json[] {
  return components.flatMap((one) => [
    one,
    ...everyComponent((one.components ?? []) as Json[]),
    ...(one.accessory ? everyComponent([one.accessory as Json]) : []),
    ...(one.component ? everyComponent([one.component as Json]) : []),
  ]);
}

const commandName = /^[-_'\p{Ll}\p{Lo}\p{N}]{1,32}$/u;

function checkCommands(body: unknown): string[] {
  if (!Array.isArray(body)) return ['commands: not an array'];
  const names = body.map((one) => (one as Json).name);
  return [
    ...(body.length > 100 ? [`${body.length} commands: at most 100`] : []),
    ...(new Set(names).size === names.length ? [] : ['the same command name twice']),
    ...body.flatMap((one) => checkSchema(schemas.commands, one)),
    ...body.flatMap((one) => checkCommand(one as Json, String((one as Json).name))),
    ...body.flatMap((one) => (textOf(one as Json) > 8000 ? [`${(one as Json).name}: more than 8000 characters`] : [])),
  ];
}

function checkCommand(one: Json, path: string): string[] {
  const problems: string[] = [];
  const options = (one.options ?? []) as Json[];
  const description = String(one.description ?? '');
  if (!commandName.test(String(one.name))) problems.push(`${path}: not a command name`);
  if (description.length < 1 || description.length > 100) problems.push(`${path}: description of 1 to 100 characters`);
  const firstOptional = options.findIndex((option) => !option.required && Number(option.type) > 2);
  if (firstOptional >= 0 && options.slice(firstOptional).some((option) => option.required))
    problems.push(`${path}: a required option after an optional one`);
  if (one.autocomplete && one.choices) problems.push(`${path}: autocomplete together with choices`);
  for (const locales of [one.name_localizations, one.description_localizations])
    for (const value of Object.values((locales ?? {}) as Json))
      if (String(value).length < 1 || String(value).length > 100)
        problems.push(`${path}: a localization out of bounds`);
  for (const name of Object.values((one.name_localizations ?? {}) as Json))
    if (!commandName.test(String(name))) problems.push(`${path}: not a localized name: ${name}`);
  return [...problems, ...options.flatMap((option) => checkCommand(option, `${path} ${option.name}`))];
}

function textOf(one: Json): number {
  const own = String(one.name).length + String(one.description ?? '').length;
  const choices = ((one.choices ?? []) as Json[]).reduce(
    (sum, c) => sum + String(c.name).length + String(c.value).length,
    0,
  );
  return own + choices + ((one.options ?? []) as Json[]).reduce((sum, option) => sum + textOf(option), 0);
}
