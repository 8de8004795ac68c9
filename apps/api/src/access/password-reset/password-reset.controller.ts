import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ConfirmPasswordReset, RequestPasswordReset } from '#contracts';
import { Access } from '#service';
import { Documented } from '../../http/documented.ts';
import { PasswordResetService } from './password-reset.service.ts';

/** These take no Idempotency-Key: there is no caller to whom it could belong. */
@ApiTags('Account')
@Controller('password-resets')
export class PasswordResetController {
  constructor(private readonly resets: PasswordResetService) {}

  @Post()
  @HttpCode(202)
  @Access('public')
  @Documented('Ask for a link by mail to choose a new password; the response is the same where no account has the address', {
    status: 202,
    problems: ['mail-is-off', 'too-many-requests'],
  }) // prettier-ignore
  request(@Ip() address: string, @Body() body: RequestPasswordReset) {
    return this.resets.request(address, body);
  }

  @Post('confirm')
  @HttpCode(204)
  @Access('public')
  @Documented('Choose a new password with the token of the link; all sessions of the account end', {
    status: 204,
    problems: ['not-found'],
  })
  confirm(@Ip() address: string, @Body() body: ConfirmPasswordReset) {
    return this.resets.confirm(address, body);
  }
}
