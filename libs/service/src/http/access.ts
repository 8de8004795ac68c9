import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Role } from '#contracts';

export const ACCESS = 'access';

/** The lowest role that may call a route, or `public`. A route without it is open to nobody. */
export const Access = (role: Role | 'public') =>
  applyDecorators(SetMetadata(ACCESS, role), ApiExtension('x-role', role));
