import { Chip, Fieldset, Group, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect } from 'react';
import { fieldErrors } from '../../api/field-errors.ts';
import { FormDialog } from '../../components/dialog/form-dialog.tsx';
import { webhooksTexts as texts } from '../../texts/webhooks.ts';
import type { Webhook } from './queries.ts';
import { resources } from './webhook-types.ts';

export type WebhookValues = Pick<Webhook, 'url' | 'description' | 'types' | 'enabled'>;

interface WebhookDialogProps {
  title: string;
  submit: string;
  webhook?: WebhookValues;
  close: () => void;
  send: (values: WebhookValues) => void;
  isPending: boolean;
  error: Error | null;
}

const EMPTY: WebhookValues = { url: '', description: '', types: null, enabled: true };
const FIELDS = ['url', 'description', 'types', 'enabled'];

/** The fields of a webhook. Types that are no whole resources, which a program may have chosen, are chips of their own. */
export function WebhookDialog({ title, submit, webhook = EMPTY, close, send, isPending, error }: WebhookDialogProps) {
  const { url, description, types, enabled } = webhook;
  const form = useForm({
    initialValues: { url, description, enabled, types: types ?? [] },
    validate: { url: (value) => (value.trim() === '' ? texts.missing : null) },
  });
  const { setErrors } = form;
  useEffect(() => setErrors(fieldErrors(error, {}, FIELDS).fields), [error, setErrors]);
  const others = (types ?? []).filter((type) => !resources.some(({ value }) => value === type));
  const choices = [...resources, ...others.map((type) => ({ value: type, label: type }))];
  const onSubmit = form.onSubmit((values) =>
    send({
      ...values,
      url: values.url.trim(),
      types: values.types.length === 0 ? null : values.types,
    }),
  );
  return (
    <FormDialog title={title} close={close} submit={submit} onSubmit={onSubmit} isPending={isPending} error={error}>
      <TextInput
        label={texts.url}
        description={texts.urlHint}
        withAsterisk
        type="url"
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('url')}
      />
      <TextInput
        label={texts.description}
        description={texts.descriptionHint}
        autoComplete="off"
        {...form.getInputProps('description')}
      />
      <Fieldset legend={`${texts.types}. ${texts.typesHint}`} variant="unstyled">
        <Chip.Group multiple {...form.getInputProps('types')}>
          <Group gap="xs">
            {choices.map(({ value, label }) => (
              <Chip key={value} value={value} size="sm">
                {label}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Fieldset>
      <Switch label={texts.enabled} {...form.getInputProps('enabled', { type: 'checkbox' })} />
    </FormDialog>
  );
}
