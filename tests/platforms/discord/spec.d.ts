/** The schemas of `discord-api-spec` that we check with: the package ships them without types. */
declare module 'discord-api-spec/zod' {
  interface Schema {
    safeParse(value: unknown): {
      readonly success: boolean;
      readonly data?: unknown;
      readonly error?: { readonly issues: readonly unknown[] };
    };
  }
  export const MessageCreateRequestSchema: Schema;
  export const IncomingWebhookRequestPartialSchema: Schema;
  export const IncomingWebhookUpdateRequestPartialSchema: Schema;
  export const PongInteractionCallbackRequestSchema: Schema;
  export const CreateMessageInteractionCallbackRequestSchema: Schema;
  export const UpdateMessageInteractionCallbackRequestSchema: Schema;
  export const ApplicationCommandAutocompleteCallbackRequestSchema: Schema;
  export const ModalInteractionCallbackRequestSchema: Schema;
  export const ApplicationCommandUpdateRequestSchema: Schema;
  export const CreateTextThreadWithMessageRequestSchema: Schema;
  export const CreateForumThreadRequestSchema: Schema;
  export const CreatePrivateChannelRequestSchema: Schema;
  export const MessageEditRequestPartialSchema: Schema;
  export const UpdateThreadRequestPartialSchema: Schema;
}
