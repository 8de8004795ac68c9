/** Who may import whom. The reasons stand in docs/architecture.md. */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'apps-never-import-one-another',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'runtime-imports-nothing',
      severity: 'error',
      from: { path: '^libs/runtime/', pathNot: '[.]spec[.]ts$' },
      to: { pathNot: '^libs/runtime/' },
    },
    {
      name: 'infra-imports-only-runtime',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(apps|libs)/', pathNot: '^libs/runtime/' },
    },
    {
      name: 'a-lib-is-entered-by-its-index',
      severity: 'error',
      from: { path: '^(apps|infra|test|tools)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'api-parts-meet-at-their-service',
      comment: 'A part of the API reaches another through its service, never through its tables.',
      severity: 'error',
      from: { path: '^apps/api/src/([^/]+)/' },
      to: { path: '^apps/api/src/[^/]+/.*repository\\.ts$', pathNot: '^apps/api/src/$1/' },
    },
    {
      name: 'gateway-proxy-imports-nothing-above-it',
      severity: 'error',
      from: { path: '^apps/gateway/src/proxy/' },
      to: { path: '^apps/gateway/src/', pathNot: '^apps/gateway/src/proxy/' },
    },
    {
      name: 'gateway-server-imports-only-the-proxy',
      severity: 'error',
      from: { path: '^apps/gateway/src/server/' },
      to: { path: '^apps/gateway/src/', pathNot: '^apps/gateway/src/(proxy|server)/' },
    },
    {
      name: 'gateway-rules-upstream-limits',
      comment:
        'rules import only rules; upstream and limits import those below them: rules, then upstream, then limits.',
      severity: 'error',
      from: { path: '^apps/gateway/src/proxy/(?:rules|upstream|limits)/' },
      to: { path: '^apps/gateway/src/proxy/[^/]+\\.ts$' },
    },
    {
      name: 'gateway-rules-import-only-rules',
      severity: 'error',
      from: { path: '^apps/gateway/src/proxy/rules/' },
      to: { path: '^apps/gateway/src/', pathNot: '^apps/gateway/src/proxy/rules/' },
    },
    {
      name: 'gateway-upstream-imports-no-limits',
      severity: 'error',
      from: { path: '^apps/gateway/src/proxy/upstream/' },
      to: { path: '^apps/gateway/src/proxy/limits/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
