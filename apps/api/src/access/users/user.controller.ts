import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateUser, ListUsers, UpdateUser, User } from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../../http/context.ts';
import { Documented } from '../../http/documented.ts';
import { UuidPipe } from '../../http/uuid.pipe.ts';
import { UserService } from './user.service.ts';

@ApiTags('Users')
@Controller('users')
export class UserController {
  constructor(private readonly users: UserService) {}

  @Get()
  @Access('admin')
  @Documented('List the people', { page: User })
  list(@Query() query: ListUsers) {
    return this.users.list(query);
  }

  @Post()
  @Access('admin')
  @Documented('Add a person', { status: 201, type: User, problems: ['conflict'], once: true })
  create(@Ctx() context: Context, @Body() body: CreateUser) {
    return this.users.create(context, body);
  }

  @Get(':id')
  @Access('admin')
  @Documented('One person', { type: User, problems: ['not-found'] })
  get(@Param('id', UuidPipe) id: string) {
    return this.users.get(id);
  }

  @Patch(':id')
  @Access('admin')
  @Documented('Change a person', { type: User, problems: ['not-found', 'conflict', 'precondition-failed'] })
  update(@Ctx() context: Context, @Param('id', UuidPipe) id: string, @Body() changes: UpdateUser) {
    return this.users.update(context, id, changes);
  }

  @Delete(':id/totp')
  @HttpCode(204)
  @Access('admin')
  @Documented('Turn off the two-factor sign-in of a person who cannot sign in', {
    status: 204,
    problems: ['not-found', 'conflict', 'precondition-failed'],
  })
  resetTotp(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.users.resetTotp(context, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('admin')
  @Documented('Remove a person', { status: 204, problems: ['not-found', 'conflict', 'precondition-failed'] })
  remove(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.users.remove(context, id);
  }
}
