import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed.ts';
import { sbom } from './build/sbom.ts';
import { themeStyles } from './build/theme-styles.ts';

const gateway = `http://localhost:${process.env.PORT ?? 8080}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), themeStyles(), compressed(), sbom()],
  // What is installed beside the other workspaces' packages must not bring their React along.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: {
    outDir: '../../dist/apps/web',
    emptyOutDir: true,
    // A data: URL would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What counts is the size when compressed, which a test holds.
    chunkSizeWarningLimit: 800,
  },
  server: {
    port: Number(process.env.WEB_PORT ?? 5173),
    // The gateway compares a write's Origin with the Host that the browser named.
    proxy: { '^/(api|session|health|version)(/|$|\\?)': { target: gateway, changeOrigin: false } },
  },
});
