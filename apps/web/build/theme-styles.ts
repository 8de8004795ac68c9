import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import type { Plugin } from 'vite';
import { schemeVariables, theme } from '../src/theme/theme.ts';

const NAME = 'virtual:theme.css';

/**
 * The theme's variables as a style sheet. Mantine would put them into a <style> element at run time, which the
 * Content-Security-Policy forbids.
 */
export function themeStyles(): Plugin {
  return {
    name: 'theme-styles',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? styles() : undefined),
  };
}

function styles(): string {
  const { variables, light, dark } = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
  return convertCssVariables(
    {
      variables,
      light: { ...light, ...schemeVariables.light, '--mantine-color-scheme': 'light' },
      dark: { ...dark, ...schemeVariables.dark, '--mantine-color-scheme': 'dark' },
    },
    ':root',
  );
}
