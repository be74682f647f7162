import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Where a gateway runs that `npm run dev` asks for everything that is not the console itself.
const gateway = process.env['MESETA_GATEWAY'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: 'src/main/web',
  // Relative: the files work below whatever path they are served.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../../target/classes/META-INF/resources/console',
    emptyOutDir: true,
    // The policy forbids data: URLs for all but images, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    // Libraries change seldom and are fetched once; one file of them is what we want.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'libraries', test: /node_modules/ }],
        },
      },
    },
  },
  server: {
    proxy: { '^/(api|agents|auth)/': { target: gateway, changeOrigin: true } },
  },
});
