import 'reflect-metadata';
import { failureText, readEnvironment } from '#service';
import { GatewayEnvironment } from './environment.ts';
import { serve } from './serve.ts';

try {
  await serve(readEnvironment(GatewayEnvironment, process.env));
} catch (error) {
  console.error(failureText(error));
  process.exit(1);
}
