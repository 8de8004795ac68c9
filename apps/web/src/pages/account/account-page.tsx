import { SegmentedControl, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { accountTexts as texts } from '../../texts/account.ts';
import classes from './account-page.module.css';
import { AlertsForm } from './alerts-form.tsx';
import { NameForm } from './name-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { Sessions } from './sessions.tsx';
import { TwoFactor } from './two-factor/two-factor.tsx';

/** What people may change of themselves. */
export const AccountPage = () => (
  <Page title={texts.title}>
    <div className={classes.content}>
      <Section title={texts.name.title}>
        <NameForm />
      </Section>
      <Section title={texts.password.title}>
        <PasswordForm />
      </Section>
      <Section title={texts.twoFactor.title}>
        <TwoFactor />
      </Section>
      <Section title={texts.alerts.title}>
        <AlertsForm />
      </Section>
      <Section title={texts.scheme.title}>
        <Appearance />
      </Section>
      <Section title={texts.sessions.title}>
        <Sessions />
      </Section>
    </div>
  </Page>
);

const SCHEMES: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

function Appearance() {
  // To hold transitions back, Mantine would put a <style> element into the page.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <SegmentedControl
      aria-label={texts.scheme.title}
      value={colorScheme}
      onChange={setColorScheme}
      data={SCHEMES.map((value) => ({ value, label: texts.scheme.choices[value] }))}
    />
  );
}
