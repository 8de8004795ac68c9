import type { Environment } from '../../environments/environment.ts';
import { instanceTypeOf } from '../../sizing/capacity.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { check } from './examine.ts';

const BUILD_GIB = 6;

/** The machine that builds the images. */
export function machineFindings(environment: Environment, { machine }: Facts): Finding[] {
  const { api, gateway } = environment.services;
  if (api.image && gateway.image) return [];
  const target = instanceTypeOf(environment)?.architecture === 'arm64' ? 'arm64' : 'amd64';
  const { dockerArchitecture, freeGiB } = machine;
  const how = dockerArchitecture === target ? '' : `, builds ${target} images without emulation`;
  return [
    ...check('Docker', `${dockerArchitecture}${how}`, [
      dockerArchitecture !== undefined,
      'no Docker engine responds',
      'Start Docker, or set API_IMAGE and GATEWAY_IMAGE to images that exist.',
    ]),
    ...check('Disk', `${freeGiB} GiB free`, [
      freeGiB >= BUILD_GIB,
      `${freeGiB} GiB are free, and building both images needs ${BUILD_GIB}`,
      'docker system prune, or free space otherwise.',
    ]),
  ];
}
