import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ProblemFilter } from '#service';
import { listWebBuild } from './web-build.ts';
import { WEB_FILES, WebController } from './web.controller.ts';

/** What a person sees who opens the gateway in a browser. */
@Module({})
export class WebModule {
  /** @param folder where the web interface has been built to; undefined: it is not built */
  static forRoot(folder: string | undefined): DynamicModule {
    return {
      module: WebModule,
      controllers: [WebController],
      providers: [
        { provide: WEB_FILES, useFactory: () => listWebBuild(folder) },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
