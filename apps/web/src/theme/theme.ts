import { createTheme } from '@mantine/core';

/** A dialog must not put a <style> element into the page, which the Content-Security-Policy forbids. */
const dialog = { defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } };

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: 7,
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontFamily: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1rem' }, h3: { fontSize: '0.875rem' } },
  },
  components: {
    Modal: dialog,
    Drawer: dialog,
    // Their <header> stands in no <main>, and would be one more banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400 } },
  },
});

/** Where the defaults have too little contrast for WCAG 2.2 AA, or are not ours. */
export const schemeVariables = {
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-placeholder': '#6c757d',
    '--mantine-color-error': '#c92a2a',
    '--surface': '#ffffff',
    '--surface-sunken': '#f7f8f9',
    '--surface-hover': '#f1f3f5',
    '--surface-selected': '#edf2ff',
    '--line': '#e3e6e9',
    '--good': '#237032',
    '--warn': '#8f4700',
    '--bad': '#c92a2a',
    '--accent': '#364fc7',
  },
  dark: {
    '--mantine-color-body': '#191a1c',
    '--mantine-color-dimmed': '#a3a8ae',
    '--mantine-color-placeholder': '#8d9298',
    '--mantine-color-error': '#ff8787',
    '--surface': '#191a1c',
    '--surface-sunken': '#131415',
    '--surface-hover': '#232528',
    '--surface-selected': '#20263f',
    '--line': '#2e3135',
    '--good': '#69db7c',
    '--warn': '#ffc078',
    '--bad': '#ff8787',
    '--accent': '#91a7ff',
  },
};
