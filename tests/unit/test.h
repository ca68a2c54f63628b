/* test.h - what every test program includes: cmocka with what it needs before it. */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Fail with the label of the case. */
#define CHECK(condition, label)                                                            \
	do {                                                                               \
		if (!(condition))                                                          \
			fail_msg("%s: %s", label, #condition);                             \
	} while (0)

#endif
