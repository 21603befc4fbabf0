import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The fonts' rules name older formats too, and let text jump when a font comes late; the window ships woff2 only. */
const fontsAsWoff2: Plugin = {
  name: 'fonts-as-woff2',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('@fontsource')) return null;
    return code
      .replaceAll(/, url\([^)]*\.woff\) format\('woff'\)/g, '')
      .replaceAll('font-display: swap', 'font-display: block');
  },
};

/** Builds the page of the window into dist/renderer. Nothing is inlined, so that the page's policy can be strict. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [fontsAsWoff2, react()],
  worker: { format: 'es' },
  build: {
    target: 'chrome130',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    outDir: '../dist/renderer',
    emptyOutDir: true,
    chunkSizeWarningLimit: 6000,
  },
});
