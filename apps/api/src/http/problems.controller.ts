import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ProblemExplanation, type ProblemKind, problems, problemType } from '#contracts';
import { Access, Problem } from '#service';
import { Documented } from './documented.ts';

/** What the `type` of a problem leads to. */
@ApiTags('Problems')
@Controller('api/problems')
export class ProblemsController {
  @Get(':kind')
  @Access('public')
  @Documented('What a problem type means', { type: ProblemExplanation, problems: ['not-found'] })
  explain(@Param('kind') kind: string): ProblemExplanation {
    return explanationOf(kind);
  }
}

function explanationOf(kind: string): ProblemExplanation {
  if (!Object.hasOwn(problems, kind)) throw new Problem('not-found', `There is no problem type ${kind}.`);
  const known = kind as ProblemKind;
  return { type: problemType(known), ...problems[known] };
}
