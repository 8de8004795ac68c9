import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Role } from '#contracts';

export const ACCESS = 'access';

/** The lowest role that may call a route, or `public`. Routes without it are denied. */
export const Access = (role: Role | 'public') =>
  applyDecorators(SetMetadata(ACCESS, role), ApiExtension('x-role', role));
