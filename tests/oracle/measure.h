/*
 * measure.h - what a run's files tell about the order of arrival, as numbers that judge.c weighs.
 *
 * A run is a folder that drive.c wrote: for each moment (mid, grown, closed, backup) a folder with
 * everything that lay beside the store then, `truth` (arrival, kind and first bytes of each sealed
 * record, a line each) and `gone` (first bytes of what was withdrawn); and backups/1, 2, 3.
 *
 * Printed are lines: a type, the value, a name.
 *   tau Z TAU NAME        a rank correlation, with its distance from chance
 *   z Z NAME              a distance from chance
 *   count N MEAN NAME     how often, and how often by chance
 *   p P NAME              the chance of such a number
 *   same TEXT NAME        must be the same in all runs
 *   fault NAME: TEXT      must not be
 */
#ifndef ORACLE_MEASURE_H
#define ORACLE_MEASURE_H

/* `label` begins each name. 0, or -1 if the run cannot be read. */
int measure_run(const char *label, const char *run);

#endif
