import type { Preview } from '../../imports/file/preview.ts';

export interface ChosenFile {
  file: File;
  preview: Preview;
}
