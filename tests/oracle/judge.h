/* judge.h - lines of measure.h from many runs -> is it chance? */
#ifndef ORACLE_JUDGE_H
#define ORACLE_JUDGE_H

#include <stdio.h>

/*
 * Read lines and print what each name's values come to together. 0: nothing is told from chance.
 * 1: something is (its lines begin with LEAK). -1: a line that is none, or no lines.
 */
int judge(FILE *in);

#endif
