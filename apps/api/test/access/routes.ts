import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** One line of Fastify's tree of routes: its depth, its part of the path, its methods. */
const LINE = /^((?:│ {3}| {4})*)[├└]── (\S*) \(([A-Z, ]+)\)$/;

/** Every route that the server has, as `GET /path/:id`, from whatever registered it. HEAD goes with GET. */
export function routesOf(app: NestFastifyApplication): string[] {
  const parents: string[] = [];
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  return tree
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [, indent, part, methods] = LINE.exec(line) ?? [];
      if (indent === undefined) throw new Error(`The tree of routes has a line that is not understood: ${line}`);
      const depth = indent.length / 4;
      parents[depth] = (parents[depth - 1] ?? '') + part;
      return methods!.split(', ').map((method) => `${method} ${parents[depth]}`);
    })
    .filter((route) => !route.startsWith('HEAD '));
}
