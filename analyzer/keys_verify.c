/*
 * keys_verify.c - survey-keys verify: a custodian makes sure, at home, that the file and the
 * passphrase still fit.
 */
#include "analyzer/keys.h"
#include "analyzer/custodian.h"

#include <stdio.h>

int keys_verify(const struct keys_request *r, struct err *err)
{
	struct custodian_source *source = NULL;
	struct custodian_share *share = NULL;
	struct custodian c;
	int status = -1;

	if (custodian_load(&c, r->file, err) != 0 ||
	    custodian_source_create(&source, r->passphrases, r->n_passphrases, err) != 0)
		return -1;
	printf("%s: the key file of custodian %u of %u\n", r->file, c.number, c.custodians);
	printf("  study        %s\n  round        %s\n", c.study, c.round);
	printf("  opened by    any %u of the %u custodians together\n", c.quorum, c.custodians);
	printf("  fingerprint  %s\n", c.fingerprint);
	fflush(stdout);
	share = custodian_shares_create(1, err);
	if (share == NULL || custodian_source_unlock(share, source, &c, r->file, 0, err) != 0)
		goto out;
	puts("The file is whole and the passphrase opens it.");
	status = 0;
out:
	custodian_shares_free(share);
	custodian_source_free(source);
	return status;
}
