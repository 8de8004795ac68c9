import { Controller, Get, Header } from '@nestjs/common';
import { VERSION } from '#service';
import { ApiStates } from './api-state.ts';
import { frontPage } from './front-page.ts';
import { STYLE, STYLE_PATH } from './style.ts';

@Controller()
export class FrontPageController {
  constructor(private readonly api: ApiStates) {}

  @Get('/')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async page(): Promise<string> {
    return frontPage(await this.api.current(), VERSION);
  }

  @Get(STYLE_PATH)
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  style(): string {
    return STYLE;
  }
}
