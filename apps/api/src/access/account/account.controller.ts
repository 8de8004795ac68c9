import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountSession, ChangePassword, ListAccountSessions, UpdateAccount, User } from '#contracts';
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
  @Documented('The caller’s own account', { type: User, problems: ['not-found'] })
  get(@Ctx() context: Context) {
    return this.accounts.get(context);
  }

  @Patch()
  @Access('viewer')
  @Documented('Change the own name', { type: User, problems: ['not-found', 'precondition-failed'] })
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
