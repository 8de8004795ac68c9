import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ApiStates } from './api-state.ts';
import { FrontPageController } from './front-page.controller.ts';
import { PageFilter } from './page.filter.ts';

/** What a person sees who opens the gateway in a browser. */
@Module({
  controllers: [FrontPageController],
  providers: [ApiStates, { provide: APP_FILTER, useClass: PageFilter }],
})
export class WebModule {}
