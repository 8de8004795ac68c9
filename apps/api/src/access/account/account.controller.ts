import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Account,
  AccountSession,
  ChangePassword,
  ConfirmTotp,
  ListAccountSessions,
  OwnPassword,
  RecoveryCodes,
  TotpSecret,
  UpdateAccount,
} from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../../http/context.ts';
import { Documented } from '../../http/documented.ts';
import { UuidPipe } from '../../http/uuid.pipe.ts';
import { AccountService } from './account.service.ts';

/** What people may do with their own account, whatever their role. An API key has no account. */
@ApiTags('Account')
@Controller('account')
export class AccountController {
  constructor(private readonly accounts: AccountService) {}

  @Get()
  @Access('viewer')
  @Documented('The caller’s own account', { type: Account, problems: ['not-found'] })
  get(@Ctx() context: Context) {
    return this.accounts.get(context);
  }

  @Patch()
  @Access('viewer')
  @Documented('Change the own name, and what to be told of by mail', {
    type: Account,
    problems: ['not-found', 'precondition-failed'],
  })
  update(@Ctx() context: Context, @Body() changes: UpdateAccount) {
    return this.accounts.update(context, changes);
  }

  @Post('password')
  @HttpCode(204)
  @Access('viewer')
  @Documented('Change the own password; the other sessions end', {
    status: 204,
    problems: ['not-found', 'too-many-requests'],
  })
  changePassword(@Ctx() context: Context, @Ip() address: string, @Body() body: ChangePassword) {
    return this.accounts.changePassword(context, address, body);
  }

  @Post('totp')
  @Access('viewer')
  @Documented('Set up two-factor sign-in; it is on once a code was confirmed', {
    status: 201,
    type: TotpSecret,
    problems: ['not-found', 'conflict', 'too-many-requests'],
  })
  setUpTotp(@Ctx() context: Context, @Ip() address: string, @Body() body: OwnPassword) {
    return this.accounts.setUpTotp(context, address, body);
  }

  @Post('totp/confirm')
  @HttpCode(200)
  @Access('viewer')
  @Documented('Turn two-factor sign-in on with a code of the app', {
    type: RecoveryCodes,
    problems: ['not-found', 'conflict'],
  })
  confirmTotp(@Ctx() context: Context, @Body() body: ConfirmTotp) {
    return this.accounts.confirmTotp(context, body);
  }

  @Post('totp/disable')
  @HttpCode(204)
  @Access('viewer')
  @Documented('Turn two-factor sign-in off', { status: 204, problems: ['not-found', 'conflict', 'too-many-requests'] })
  disableTotp(@Ctx() context: Context, @Ip() address: string, @Body() body: OwnPassword) {
    return this.accounts.disableTotp(context, address, body);
  }

  @Get('sessions')
  @Access('viewer')
  @Documented('List the own sessions', { page: AccountSession, problems: ['not-found'] })
  sessions(@Ctx() context: Context, @Query() query: ListAccountSessions) {
    return this.accounts.listSessions(context, query);
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @Access('viewer')
  @Documented('End an own session', { status: 204, problems: ['not-found'] })
  endSession(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.accounts.endSession(context, id);
  }
}
