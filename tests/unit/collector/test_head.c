/* test_head.c - heads of requests: whole, not whole yet, or refused; each prefix is judged alike. */
#include "collector/head.h"

#include "tests/unit/test.h"

#define LINE "GET /en HTTP/1.1\r\n"
#define HOST "Host: survey.example\r\n"
#define POST "POST /en HTTP/1.1\r\n" HOST

static const struct {
	const char *label, *head;
	unsigned status;
} cases[] = {
	{"a browser", LINE HOST "User-Agent: Mozilla/5.0 (X; rv:1)\r\nAccept: */*\r\n\r\n", 200},
	{"a query is nobody's business", "GET /fr?fbclid=x%20y HTTP/1.1\r\n" HOST "\r\n", 200},
	{"HTTP/1.0 has no host", "GET / HTTP/1.0\r\n\r\n", 200},
	{"a post", POST "Content-Length: 12\r\n\r\npage.number=", 200},
	{"a post without a length gets a page of its own", POST "\r\n", 200},
	{"an empty body with a get", LINE HOST "Content-Length: 0\r\n\r\n", 200},
	{"expect", POST "Content-Length: 9\r\nExpect: 100-Continue\r\n\r\n", 200},
	{"blanks around a value", LINE "Host: \t survey.example \t\r\n\r\n", 200},
	{"an empty value", LINE HOST "Accept-Language:\r\n\r\n", 200},
	{"bytes above ASCII in a value", LINE HOST "User-Agent: caf\xc3\xa9\r\n\r\n", 200},
	{"a method that is not served", "DELETE /en HTTP/1.1\r\n" HOST "\r\n", 200},
	{"an IPv6 host", LINE "Host: [::1]:8080\r\n\r\n", 200},
	{"what follows is not the head's", LINE HOST "\r\n\x01\x02", 200},
	{"nothing yet", "", 0},
	{"half a line", "GET /en HT", 0},
	{"no empty line yet", LINE HOST, 0},
	{"a CR that may become an end", LINE HOST "\r", 0},

	{"bad-TLS", "\x16\x03\x01\x02", 400},
	{"bad-empty line first", "\r\n" LINE HOST "\r\n", 400},
	{"bad-LF alone", "GET /en HTTP/1.1\n" HOST "\r\n", 400},
	{"bad-LF alone after a field", LINE "Host: survey.example\n\r\n", 400},
	{"bad-CR alone", LINE "Host: a\rb\r\n\r\n", 400},
	{"bad-NUL", LINE "Host: a\x01\r\n\r\n", 400},
	{"bad-HTTP/0.9", "GET /en\r\n", 400},
	{"bad-version", "GET /en HTTP/2.0\r\n" HOST "\r\n", 505},
	{"bad-minor version", "GET /en HTTP/1.2\r\n" HOST "\r\n", 505},
	{"bad-not a version", "GET /en HTTQ/1.1\r\n" HOST "\r\n", 400},
	{"bad-version of three digits", "GET /en HTTP/1.11\r\n" HOST "\r\n", 400},
	{"bad-HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
	{"bad-method in small letters", "get /en HTTP/1.1\r\n" HOST "\r\n", 400},
	{"bad-no method", " /en HTTP/1.1\r\n" HOST "\r\n", 400},
	{"bad-two blanks", "GET  /en HTTP/1.1\r\n" HOST "\r\n", 400},
	{"bad-blank at the end", "GET /en HTTP/1.1 \r\n" HOST "\r\n", 400},
	{"bad-absolute target", "GET http://survey.example/en HTTP/1.1\r\n" HOST "\r\n", 400},
	{"bad-asterisk", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 400},
	{"bad-authority", "CONNECT survey.example:443 HTTP/1.1\r\n" HOST "\r\n", 400},
	{"bad-fragment", "GET /en#x HTTP/1.1\r\n" HOST "\r\n", 400},
	{"bad-NUL in the path", "GET /en%00x HTTP/1.1\r\n" HOST "\r\n", 400},
	{"bad-tab in the line", "GET /en\tHTTP/1.1\r\n" HOST "\r\n", 400},
	{"bad-no host", LINE "\r\n", 400},
	{"bad-two hosts", LINE HOST HOST "\r\n", 400},
	{"bad-host with a path", LINE "Host: a/b\r\n\r\n", 400},
	{"bad-host with a user", LINE "Host: a@b\r\n\r\n", 400},
	{"bad-folded field", LINE HOST " x: y\r\n\r\n", 400},
	{"bad-blank before the colon", POST "Content-Length : 5\r\n\r\n", 400},
	{"bad-no name", LINE HOST ": x\r\n\r\n", 400},
	{"bad-no colon", LINE HOST "x\r\n\r\n", 400},
	{"bad-name", LINE HOST "x@y: z\r\n\r\n", 400},
	{"bad-chunks", POST "Transfer-Encoding: chunked\r\n\r\n", 400},
	{"bad-any encoding", POST "transfer-encoding: identity\r\n\r\n", 400},
	{"bad-chunks and a length",
	 POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
	{"bad-two lengths", POST "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
	{"bad-the same length twice", POST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
	{"bad-list of lengths", POST "Content-Length: 5, 5\r\n\r\n", 400},
	{"bad-plus", POST "Content-Length: +5\r\n\r\n", 400},
	{"bad-minus", POST "Content-Length: -5\r\n\r\n", 400},
	{"bad-hex", POST "Content-Length: 0x5\r\n\r\n", 400},
	{"bad-leading zero", POST "Content-Length: 05\r\n\r\n", 400},
	{"bad-no digits", POST "Content-Length:\r\n\r\n", 400},
	{"bad-huge", POST "Content-Length: 99999999999999999999\r\n\r\n", 400},
	{"bad-body with a get", LINE HOST "Content-Length: 5\r\n\r\nhello", 400},
	{"bad-expectation", POST "Expect: 200-ok\r\n\r\n", 417},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = strlen(cases[i].head);
		unsigned got = head_check(cases[i].head, n);

		if (got != cases[i].status)
			fail_msg("%s: %u instead of %u", cases[i].label, got, cases[i].status);
		/* it comes byte by byte: nothing is whole, or refused, that is not so at the end */
		for (size_t k = 0; k < n; k++) {
			got = head_check(cases[i].head, k);
			if (got != HEAD_PARTIAL && got != cases[i].status)
				fail_msg("%s: %u after %zu bytes", cases[i].label, got, k);
		}
	}
	/* a NUL is a byte like others to the socket */
	assert_int_equal(head_check("GET /\0en HTTP/1.1\r\n\r\n", 22), 400);
}

/* `n` bytes more of a field or of the target. */
static unsigned check_long(const char *before, size_t n, const char *after)
{
	size_t a = strlen(before), b = strlen(after);
	char *head = malloc(a + n + b);
	unsigned status;

	memcpy(head, before, a);
	memset(head + a, 'x', n);
	memcpy(head + a + n, after, b);
	status = head_check(head, a + n + b);
	free(head);
	return status;
}

static void test_limits(void **state)
{
	char many[HEAD_MOST] = LINE HOST;

	(void)state;
	assert_int_equal(check_long("GET /", HEAD_TARGET_MOST - 1, " HTTP/1.1\r\n" HOST "\r\n"), 200);
	assert_int_equal(check_long("GET /", HEAD_TARGET_MOST, " HTTP/1.1\r\n" HOST "\r\n"), 414);
	assert_int_equal(check_long("GET /", HEAD_MOST, ""), 414);
	assert_int_equal(check_long(LINE HOST "A: ", 7000, "\r\n\r\n"), 200);
	assert_int_equal(check_long(LINE HOST "A: ", HEAD_MOST, "\r\n\r\n"), 431);
	assert_int_equal(check_long(LINE HOST "A: ", HEAD_MOST, ""), 431);
	assert_int_equal(check_long(LINE HOST, 65, ": a\r\n\r\n"), 431);
	for (int i = 1; i < HEAD_FIELDS_MOST; i++)
		strcat(many, "A: b\r\n");
	strcat(many, "\r\n");
	assert_int_equal(head_check(many, strlen(many)), 200);
	strcpy(many + strlen(many) - 2, "A: b\r\n\r\n");
	assert_int_equal(head_check(many, strlen(many)), 431);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
