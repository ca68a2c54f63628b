/*
 * test_self_audit_line.c - log lines: what tells of somebody is found,
 	in the words of every program
 * that may stand in front, and what only looks like it raises no alarm.
 */
#include "collector/self_audit_inner.h"
#include "tests/unit/forms/sample.h"
#include "tests/unit/test.h"

#include <sys/mman.h>
#include <unistd.h>

#define K(kind) (1U << SELF_AUDIT_##kind)
#define BYTES(s) s, sizeof s - 1

/* --- addresses --- */

static const struct {
	const char *line;
	unsigned kinds;
} addresses[] = {
	/* IPv4, wherever it stands */
	{"203.0.113.9", K(IPV4)},
	{"client 203.0.113.9 closed", K(IPV4)},
	{"[203.0.113.9]", K(IPV4)},
	{"203.0.113.9:51234", K(IPV4)},
	{"from=203.0.113.9,", K(IPV4)},
	{"\"remote_ip\":\"203.0.113.9\"", K(IPV4)},
	{"failed for 203.0.113.9.", K(IPV4)},
	{"http://203.0.113.9/x", K(IPV4)},
	{"203.0.113.0/24", K(IPV4)},
	{"10.1.2.3", K(IPV4)},
	{"192.168.178.20", K(IPV4)},
	{"203.000.113.009", K(IPV4)},
	{"203.0.113.1-203.0.113.9", K(IPV4)},
	{"tcp/203.0.113.9", K(IPV4)},
	{"/ip4/203.0.113.9/tcp/4001", K(IPV4)},
	{"::ffff:203.0.113.9", K(IPV4) | K(IPV6)},
	{"9.113.0.203.in-addr.arpa", K(IPV4)},
	{"x=203%2E0%2e113%2E9", K(IPV4)},
	/* numbers that are no visitor's address */
	{"127.0.0.1:8080", 0},
	{"Listening on http://127.0.0.1:8080", 0},
	{"0.0.0.0:443", 0},
	{"255.255.255.0", 0},
	{"239.255.255.250", 0},
	{"Tor 0.4.9.3 running on Linux", 0},
	{"Tor 0.4.9.3-alpha (git-1234567890abcdef)", 0},
	{"Mozilla/5.0 Chrome/119.0.0.0 Safari/537.36", 0},
	{"Chrome/120.0.6099.129", 0},
	{"Edg/12.34.56.78", 0},
	{"\"Google Chrome\";v=\"119.1.2.3\"", 0},
	{"\"Chromium\\\";v=\\\"119.1.2.3\\\"", 0},
	{"version 1.2.3.4", 0},
	{"Version: 1.2.3.4", 0},
	{"\"version\":\"1.2.3.4\"", 0},
	{"v1.2.3.4", 0},
	{"nginx-1.2.3.4", 0},
	{"man1/ppcx64-3.2.2.1.gz", 0},
	{"libc6 2.36.9.1-9+deb12u3", 0},
	{"package 1.2.3.4-1", 0},
	{"package 1.2.3.4~rc1", 0},
	{"package 1.2.3.4-rc1", 0},
	{"1.3.6.1.4.1.311", 0},
	{"1.2.3", 0},
	{"1.2.3.456", 0},
	{"1.2.3.4567", 0},
	{"1.02.03.04", 0},
	{"1.2..3.4", 0},
	{"", 0},
	/* IPv6 */
	{"2001:db8::1", K(IPV6)},
	{"2001:db8:0:0:0:0:0:1", K(IPV6)},
	{"2001:DB8:85A3::8A2E:370:7334", K(IPV6)},
	{"[2001:db8::1]:443", K(IPV6)},
	{"2001:db8:0:0:0:0:0:1:443", K(IPV6)},
	{"client:2001:db8::1", K(IPV6)},
	{"client: 2001:db8::1, server: x", K(IPV6)},
	{"from 2001:db8::1: reset", K(IPV6)},
	{"from 2001:db8::1.", K(IPV6)},
	{"2001:db8::/32", K(IPV6)},
	{"fe80::1%eth0", K(IPV6)},
	{"fd00:1234::5", K(IPV6)},
	{"64:ff9b::203.0.113.9", K(IPV4) | K(IPV6)},
	{"for=\"[2001:db8::17]:4711\"", K(IPV6)},
	{"a=2001%3Adb8%3a%3A1", K(IPV6)},
	{"1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", K(IPV6)},
	/* colons that are none */
	{"::1", 0},
	{"[::]:8080", 0},
	{"::ffff:127.0.0.1", 0},
	{"ff02::fb", 0},
	{"28/Nov/2025:10:53:00 +0000", 0},
	{"10:53:00", 0},
	{"2025:11:28 10:53:00", 0},
	{"std::string", 0},
	{"abc::def", 0},
	{"dead::beef", 0},
	{"h2::codec::framed", 0},
	{"SHA1 2a:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd", 0},
	{"size: 12:34", 0},
	{"a:b:c", 0},
	{":::", 0},
	/* network cards */
	{"MAC=52:54:00:12:34:56", K(HARDWARE)},
	{"52-54-00-ab-34-56", K(HARDWARE)},
	{"MAC=01:00:5e:00:00:fb:52:54:00:12:34:56:08:00", K(HARDWARE)},
	{"00:00:00:00:00:00", 0},
	{"ff:ff:ff:ff:ff:ff", 0},
	{"20-11-28-10-53-00", 0},
	{"550e8400-e29b-41d4-a716-446655440000", 0},
	/* names that hold an address */
	{"host-203-0-113-9.provider.example", K(NAME)},
	{"203-0-113-9.dyn.provider.example:", K(NAME)},
	{"2025-11-28-10.log.example", 0},
	{"build-1-2-3-4", 0},
};

static void test_addresses(void **state)
{
	const struct self_audit_ids none = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(addresses); i++) {
		char *line = strdup(addresses[i].line);
		unsigned programs, kinds;

		kinds = self_audit_line(&programs, line, strlen(line), &none) &
		        (K(IPV4) | K(IPV6) | K(HARDWARE) | K(NAME));
		if (kinds != addresses[i].kinds)
			fail_msg("%s: %x instead of %x", addresses[i].line, kinds,
				addresses[i].kinds);
		free(line);
	}
}

/* --- whole lines --- */

#define COMMON "[28/Nov/2025:10:53:00 +0000] "

static const struct {
	const char *label, *line;
	unsigned kinds;
	int program; /* -1: any, or none */
} lines[] = {
	{"bad-nginx access", "203.0.113.9 - - " COMMON "\"GET / HTTP/1.1\" 200 9 \"-\" \"-\"",
		K(IPV4) | K(TIMED), SELF_AUDIT_ACCESS},
	{"bad-combined", "203.0.113.9 - - " COMMON "\"POST /fa HTTP/2.0\" 200 9 "
		"\"https://forum.example/t/1\" \"Mozilla/5.0 (Android) Chrome/119.0.0.0\"",
		K(IPV4) | K(TIMED) | K(SENT) | K(REFERRER) | K(AGENT), SELF_AUDIT_ACCESS},
	{"bad-no address", "- - - " COMMON "\"GET / HTTP/1.1\" 200 9", K(TIMED), SELF_AUDIT_ACCESS},
	{"bad-the proxy alone", "127.0.0.1 - - " COMMON "\"GET / HTTP/1.1\" 200 9 \"-\" \"-\"",
		K(TIMED), SELF_AUDIT_ACCESS},
	{"bad-host name", "p5.dip.provider.example - - " COMMON "\"GET / HTTP/1.1\" 200 9",
		K(NAME) | K(TIMED), SELF_AUDIT_ACCESS},
	{"bad-pseudonym", "3fa2c81d - - " COMMON "\"GET / HTTP/1.1\" 200 9", K(NAME) | K(TIMED),
		SELF_AUDIT_ACCESS},
	{"bad-user", "- - alice " COMMON "\"GET / HTTP/1.1\" 200 9", K(USER) | K(TIMED),
		SELF_AUDIT_ACCESS},
	{"bad-no time", "\"GET /en HTTP/1.1\" 200", K(REQUEST), -1},
	{"bad-smuggled quotes", "- - - " COMMON "\"GET /\\\" HTTP/1.1\" 200 9 \"-\" \"x\\\"y\"",
		K(TIMED) | K(AGENT), SELF_AUDIT_ACCESS},
	{"bad-nginx error", "2025/11/28 10:53:00 [error] 12#12: *3 connect() failed (111: "
		"Connection refused) while connecting to upstream, client: 2001:db8::7, server: "
		"s.example, request: \"POST / HTTP/1.1\", upstream: \"http://127.0.0.1:8080/\", "
		"referrer: \"https://s.example/\"",
		K(IPV6) | K(TIMED) | K(SENT) | K(REFERRER), SELF_AUDIT_NGINX},
	{"bad-nginx body", "2025/11/28 10:53:00 [warn] 12#12: *3 a client request body is buffered "
		"to a temporary file /var/lib/nginx/body/0000000001, client: unix:, server: "
		"s.example",
		K(SPOOLED), SELF_AUDIT_NGINX},
	{"bad-nginx page", "2025/11/28 10:53:00 [warn] 12#12: *3 an upstream response is buffered "
		"to a temporary file /var/lib/nginx/proxy/1/00/0000000001 while reading upstream",
		K(SPOOLED), SELF_AUDIT_NGINX},
	{"bad-Caddy",
		"{\"level\":\"info\",\"ts\":1764327180.123,\"logger\":\"http.log.access\","
		"\"msg\":\"handled request\",\"request\":{\"remote_ip\":\"203.0.113.9\","
		"\"proto\":\"HTTP/2.0\",\"method\":\"POST\",\"host\":\"s.example\","
		"\"uri\":\"/fr\",\"headers\":{\"User-Agent\":[\"x\"],"
		"\"Accept-Language\":[\"fa-IR\"],\"Referer\":[\"https://f.example/\"],"
		"\"Cookie\":[\"REDACTED\"]}},\"status\":200}",
		K(IPV4) | K(TIMED) | K(SENT) | K(AGENT) | K(LANGUAGE) | K(REFERRER),
		SELF_AUDIT_CADDY},
	{"bad-Caddy without headers",
		"{\"ts\":1764327180.123,\"logger\":\"http.log.access\",\"request\":"
		"{\"method\":\"GET\",\"uri\":\"/\",\"headers\":{}},\"status\":200}",
		K(TIMED), SELF_AUDIT_CADDY},
	{"bad-Caddy error",
		"{\"level\":\"error\",\"logger\":\"http.log.error\",\"msg\":\"dial\",\"request\":"
		"{\"remote_ip\":\"2001:db8::7\",\"method\":\"GET\",\"uri\":\"/\"}}",
		K(IPV6) | K(REQUEST),
		SELF_AUDIT_CADDY},
	{"bad-key=value", "time=2025-11-28T10:53:00Z method=POST path=/ user_agent=\"x\"",
		K(TIMED) | K(SENT) | K(AGENT), -1},
	{"bad-headers", "User-Agent: x", K(AGENT), -1},
	{"bad-cookie", "Cookie: a=b", K(COOKIE), -1},
	{"bad-cookie in JSON", "\"Set-Cookie\":[\"a=b\"]", K(COOKIE), -1},
	{"bad-language", "accept-language: fr", K(LANGUAGE), -1},
	{"bad-referer", "http_referer=https://x.example/", K(REFERRER), -1},
	{"bad-journal", "Nov 28 10:53:00 host nginx[123]: 203.0.113.9 - - " COMMON "\"GET "
		"/ HTTP/1.1\" 200 9",
		K(IPV4) | K(TIMED), SELF_AUDIT_JOURNAL},
	{"bad-epoch", "1764327180 \"GET / HTTP/1.1\"", K(TIMED), -1},
	{"bad-Tor", "Nov 28 10:53:00.000 [info] hs_service_receive_introduce2(): Received an "
		"INTRODUCE2 cell", K(CIRCUIT), SELF_AUDIT_TOR},
	{"bad-Tor's heartbeat", "Nov 28 10:53:00.000 [notice] Heartbeat: Our onion service "
		"received 41 v3 INTRODUCE2 cells and attempted to launch 41 rendezvous "
		"circuits.", K(CIRCUIT),
		SELF_AUDIT_TOR},
	{"bad-form body", "body: number=00ff&age=30&gender=woman", K(ANSWERS), -1},
	{"bad-part of a body", "&gender=woman", K(ANSWERS), -1},
	{"bad-body with parts", "gender%2Fother=x&born.year=1990", K(ANSWERS), -1},
	{"bad-JSON answers", "{\"id\":\"00\",\"answers\": {\"x\":\"y\"}}", K(ANSWERS), -1},
	{"bad-JSON fields", "{\"gender\":\"woman\",\"age\" : 30}", K(ANSWERS), -1},
	{"collector", "Nov 28 10:53:00 host survey-collect[99]: "
		"Listening on http://127.0.0.1:8080", 0,
		SELF_AUDIT_JOURNAL},
	{"key", "Nov 28 10:53:00 host survey-collect[99]: Key of round 2020-05: fingerprint 12345 "
		"67890 12345 67890 12345 67890 12345 67890", 0, SELF_AUDIT_JOURNAL},
	{"systemd", "Nov 28 10:53:00 host systemd[1]: Started survey-collect@x.service "
		"- Peer Survey.", 0,
		SELF_AUDIT_JOURNAL},
	{"Tor", "Nov 28 10:53:00.000 [notice] Tor 0.4.9.3-alpha opening log file.", 0,
		SELF_AUDIT_TOR},
	{"Tor scrubbed", "Nov 28 10:53:00.000 [warn] Rejecting connection from [scrubbed]", 0, -1},
	{"nginx starts", "2025/11/28 10:53:00 [notice] 12#12: nginx/1.22.1", 0, SELF_AUDIT_NGINX},
	{"Caddy starts", "{\"level\":\"info\",\"ts\":1764327180.1,\"msg\":\"using "
		"config from file\"}", 0, -1},
	{"one word of the questionnaire", "gender: see the manual", 0, -1},
	{"one setting with its name", "age=3", 0, -1},
	{"empty headers",
		"{\"User-Agent\":[],\"Referer\":null,\"cookie\":\"-\",\"Accept-Language\":\"\"}", 0,
		-1},
	{"prose", "GET / is the page; POST sends it; the cookie, referer and "
		"user-agent stay away", 0, -1},
	{"empty", "", 0, -1},
};

static void test_lines(void **state)
{
	static const char *const words[] = {"age", "born", "gender"};
	const struct self_audit_ids ids = {(const char **)words, COUNT(words)};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		char *line = strdup(lines[i].line);
		unsigned programs, kinds;

		kinds = self_audit_line(&programs, line, strlen(line), &ids);
		if (kinds != lines[i].kinds)
			fail_msg("%s: %x instead of %x", lines[i].label, kinds, lines[i].kinds);
		if (lines[i].program >= 0 && (programs >> lines[i].program & 1) == 0)
			fail_msg("%s: programs %x", lines[i].label, programs);
		free(line);
	}
}

static void test_ids(void **state)
{
	struct form *form = sample();
	struct self_audit_ids ids;
	struct err err;

	(void)state;
	assert_int_equal(self_audit_line_ids(&ids, form, &err), 0);
	assert_int_equal(ids.n, form->n_questions);
	for (size_t i = 1; i < ids.n; i++)
		assert_true(strcmp(ids.list[i - 1], ids.list[i]) < 0);
	self_audit_line_ids_finish(&ids);
	assert_int_equal(self_audit_line_ids(&ids, NULL, &err), 0);
	assert_int_equal(ids.n, 0);
	self_audit_line_ids_finish(&ids);
	form_free(form);
}

/* --- streams --- */

static void scan(struct self_audit_seen *seen, const void *bytes, size_t n)
{
	const struct self_audit_ids none = {0};
	int fd = memfd_create("log", MFD_CLOEXEC);
	struct err err;

	assert_int_equal(write(fd, bytes, n), n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(self_audit_log_scan(seen, fd, &none, &err), 0);
	close(fd);
}

static void test_streams(void **state)
{
	static const char address[] = " 203.0.113.9 ";
	struct self_audit_seen seen;
	struct buf text = {0};

	(void)state;
	scan(&seen, "", 0);
	assert_null(seen.unread);
	assert_int_equal(seen.lines, 0);
	/* a line without its end; the first, and how many */
	scan(&seen, "a\n\n203.0.113.9\nb\n203.0.113.9", 28);
	assert_int_equal(seen.lines, 5);
	assert_int_equal(seen.kind[SELF_AUDIT_IPV4].first, 3);
	assert_int_equal(seen.kind[SELF_AUDIT_IPV4].lines, 2);
	/* wherever it stands in a file larger than what is read at once, and in a longer line */
	for (int newlines = 0; newlines < 2; newlines++)
		for (size_t at = 65500; at < 65550; at++) {
			buf_clear(&text);
			for (size_t i = 0; i < 200000; i++)
				buf_putc(&text, newlines && i % 100 == 99 ? '\n' : 'x');
			memcpy(text.data + at, address, sizeof address - 1);
			if (newlines)
				memcpy(text.data + 131000 + at % 100, address, sizeof address - 1);
			scan(&seen, text.data, text.len);
			assert_null(seen.unread);
			assert_int_equal(seen.kinds, K(IPV4));
			assert_in_range(seen.kind[SELF_AUDIT_IPV4].lines, newlines ? 2 : 1, 2);
			assert_in_range(seen.lines, newlines ? 1998 : 1, newlines ? 2001 : 1);
		}
	buf_finish(&text);
}

static const struct {
	const char *label, *bytes;
	size_t n;
	const char *unread;
} files[] = {
	{"bad-gzip", BYTES("\x1f\x8b\x08\0\0\0\0\0\0\0"), "compressed"},
	{"bad-xz", BYTES("\xfd" "7zXZ\0\0\0\0"), "compressed"},
	{"bad-journal", BYTES("LPKSHHRH\0\0\0"), "a journal of systemd"},
	{"bad-binary", BYTES("some text\n\0\1\2"), "not text"},
	{"text", BYTES("some text\n"), NULL},
	{"short", BYTES("x"), NULL},
	{"short gzip", BYTES("\x1f\x8b"), "compressed"},
	{"UTF-8", BYTES("\xd9\x87\xd8\xb0\n"), NULL},
};

static void test_files(void **state)
{
	struct self_audit_seen seen;

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		scan(&seen, files[i].bytes, files[i].n);
		if (files[i].unread == NULL ? seen.unread != NULL
		                            : seen.unread == NULL ||
		                              strcmp(seen.unread, files[i].unread) != 0)
			fail_msg("%s: %s", files[i].label, seen.unread ? seen.unread : "read");
	}
}

/* --- contents --- */

static const struct {
	const char *label, *bytes;
	size_t n;
	enum self_audit_content content;
} contents[] = {
	{"JSON lines", BYTES("{\"id\":\"0\",\"language\":\"fr\",\"answers\":{\"age\":\"1\"}}\n"),
		SELF_AUDIT_CLEAR},
	{"an editor's swap file", BYTES("b0VIM\0\0\0 {\"answers\" : {\"age\":1}}"),
		SELF_AUDIT_CLEAR},
	{"CSV", BYTES("id,language,age,gender/other\n0,fr,1,x\n"), SELF_AUDIT_CLEAR},
	{"CSV in quotes", BYTES("\"age\";\"gender\"\r\n1;2\r\n"), SELF_AUDIT_CLEAR},
	{"tabs", BYTES("gender\tage\tborn"), SELF_AUDIT_CLEAR},
	{"CSV of something else", BYTES("age,name,street,town,gender\n"), SELF_AUDIT_PLAIN},
	{"a form as CSV", BYTES("type,name,label\ninteger,age,Age\n"), SELF_AUDIT_PLAIN},
	{"key", BYTES("# Peer Survey: the key file\n\nformat: peer-survey-custodian-key "
		"1\nstudy: x\n"),
		SELF_AUDIT_KEY},
	{"backup", BYTES(STORE_BACKUP_MAGIC "xyz"), SELF_AUDIT_BACKUP},
	{"journal", BYTES("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\0\0"), SELF_AUDIT_ROLLBACK},
	{"WAL", BYTES("\x37\x7f\x06\x82\0\0\0\0"), SELF_AUDIT_ROLLBACK},
	{"database", BYTES("SQLite format 3\0\x10\0"), SELF_AUDIT_DATABASE},
	{"core", BYTES("\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\4\0>\0"), SELF_AUDIT_CORE},
	{"program", BYTES("\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0"), SELF_AUDIT_BINARY},
	{"workbook", BYTES("PK\3\4\24\0"), SELF_AUDIT_PACKED},
	{"gzip", BYTES("\x1f\x8b\x08\0"), SELF_AUDIT_PACKED},
	{"text", BYTES("notes\n"), SELF_AUDIT_PLAIN},
	{"empty", BYTES(""), SELF_AUDIT_EMPTY},
};

static void test_contents(void **state)
{
	static const char *const words[] = {"age", "born", "gender"};
	const struct self_audit_ids ids = {(const char **)words, COUNT(words)};

	(void)state;
	for (size_t i = 0; i < COUNT(contents); i++) {
		enum self_audit_content got = self_audit_sniff(contents[i].bytes, contents[i].n,
			&ids);

		if (got != contents[i].content)
			fail_msg("%s: %d instead of %d", contents[i].label, (int)got,
				(int)contents[i].content);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_streams),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_contents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
