/*
 * oracle.c - does a seized store tell who came first, or what came together?
 *
 *   oracle measure LABEL RUN    look through the files of a run (drive.c) and print numbers
 *   oracle judge <NUMBERS       weigh the numbers of many runs
 *
 * An auditor of its own: it links neither SQLite nor any library of ours, and knows the format of
 * database files from their specification. Exit status of judge: 0 nothing but chance, 1 something
 * is told, 2 no numbers.
 */
#include "tests/oracle/judge.h"
#include "tests/oracle/measure.h"

#include <string.h>

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "measure") == 0) {
		if (measure_run(argv[2], argv[3]) == 0)
			return 0;
		printf("fault %s: the run cannot be read\n", argv[2]);
		return 1;
	}
	if (argc == 2 && strcmp(argv[1], "judge") == 0) {
		int status = judge(stdin);

		return status < 0 ? 2 : status;
	}
	fprintf(stderr, "usage: oracle measure LABEL RUN | oracle judge <NUMBERS\n");
	return 2;
}
