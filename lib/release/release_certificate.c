/*
 * release_certificate.c - what the audit of a release found, in the release itself. In: the
 * certificate's JSON, or a certificate. Out: the other.
 */
#include "lib/release/release_parts.h"

#include "lib/release/release_json.h"

#include <sodium.h>
#include <stdlib.h>

void release_certificate_free(struct release_certificate *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; c->not_modelled != NULL && c->not_modelled[i] != NULL; i++)
		free(c->not_modelled[i]);
	free(c->not_modelled);
	free(c);
}

int release_certificate_read(struct release_certificate **out, const struct json *v,
	struct err *err)
{
	static const char *const names[] = {"protected", "narrowest", "non_response", "releases",
		"digest", "not_modelled"};
	struct release_certificate *c = calloc(1, sizeof *c);

	if (c == NULL)
		return err_nomem(err);
	if (RELEASE_JSON_MEMBERS(v, names, 6, err) != 0 ||
		release_json_number(&c->cells, v, "protected", 0, RELEASE_JSON_COUNT, err) != 0 ||
		release_json_number(&c->narrowest, v, "narrowest", 0, RELEASE_JSON_COUNT, err) != 0 ||
		release_json_number(&c->non_response, v, "non_response", 0, RELEASE_JSON_COUNT,
			err) != 0 ||
		release_json_number(&c->releases, v, "releases", 1, 99, err) != 0 ||
		release_json_digest(c->digest, v, "digest", false, err) != 0 ||
		release_json_list(&c->not_modelled, NULL, v, "not_modelled", false, err) != 0) {
		release_certificate_free(c);
		return err_prefix(err, "certificate");
	}
	*out = c;
	return 0;
}

void release_certificate_write(struct buf *out, const struct release_certificate *c)
{
	buf_printf(out, "\"certificate\":{\"protected\":%ld,\"narrowest\":%ld,\"non_response\":%ld,"
		"\"releases\":%ld,\"digest\":\"%s\",\"not_modelled\":", c->cells, c->narrowest,
		c->non_response, c->releases, c->digest);
	release_write_list(out, c->not_modelled);
	buf_puts(out, "},");
}

int release_tables_digest(char out[65], const struct release *r, struct err *err)
{
	uint8_t digest[32];
	struct buf bytes = {0};
	int status = 0;

	release_write_tables(&bytes, r);
	if (bytes.failed)
		status = err_nomem(err);
	else
		crypto_generichash(digest, sizeof digest, (const uint8_t *)bytes.data, bytes.len,
			NULL, 0);
	if (status == 0)
		sodium_bin2hex(out, 65, digest, sizeof digest);
	buf_finish(&bytes);
	return status;
}
